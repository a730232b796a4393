import Foundation
import LatchJSON
import LatchPolicy
import LatchProxy
import Synchronization

/// A state directory that is gone when the value is, with a clock that only the test moves and anchors in memory.
final class AuditScratch: Sendable {
  let path: String
  let anchors = MemoryAnchor()
  private let now: Mutex<Int>

  /// Tuesday, ten past ten.
  static let start = "2026-02-03T10:10:00.000Z"

  init(in directory: String = NSTemporaryDirectory(), at time: String = start) {
    path = URL(filePath: directory).appending(path: "latch-audit-test-\(UUID().uuidString)").path
    now = Mutex(UTCTime(parsing: time)?.milliseconds ?? 0)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  var clock: @Sendable () -> UTCTime {
    { [self] in now.withLock { UTCTime(milliseconds: $0) } }
  }

  func wait(_ milliseconds: Int) { now.withLock { $0 += milliseconds } }

  var settings: AuditSettings {
    AuditSettings(stateDirectory: path, upstream: "files", client: "cursor", policy: Self.policy)
  }

  static let policy = PolicyIdentity(
    bundle: "sha256:" + String(repeating: "b", count: 64), policy: "sha256:" + String(repeating: "c", count: 64))

  func log(_ change: (inout AuditSettings) -> Void = { _ in }) throws -> AuditLog {
    var settings = settings
    change(&settings)
    return try AuditLog(settings, anchor: anchors, clock: clock)
  }

  /// The files of the record by their names, in order.
  func files() throws -> [(name: String, bytes: [UInt8])] {
    let names = FileManager.default.subpaths(atPath: "\(path)/audit") ?? []
    return try names.filter { $0.hasSuffix(".jsonl") }.sorted().map { name in
      (name, Array(try Data(contentsOf: URL(filePath: "\(path)/audit/\(name)"))))
    }
  }

  func entries() throws -> [AuditEntry] {
    try files().flatMap { try AuditLines($0.bytes).map { try AuditEntry(parsing: $0) } }
  }

  func values() throws -> [JSONValue] {
    try files().flatMap { try AuditLines($0.bytes).map { try JSONValue(parsing: Array($0)) } }
  }

  func verified(anchored: Bool = true) throws -> AuditVerification {
    var verifier = AuditVerifier(anchors: anchored ? .kept(anchors.heads) : .elsewhere)
    for file in try files() { verifier.add(file: file.name, bytes: file.bytes) }
    return verifier.finish()
  }
}

/// Keeps what is anchored, or refuses to.
final class MemoryAnchor: AnchorStore {
  private let kept = Mutex<[AnchoredHead]>([])
  private let problem = Mutex<String?>(nil)

  var heads: [AnchoredHead] { kept.withLock { $0 } }

  func fail(with problem: String?) { self.problem.withLock { $0 = problem } }

  func anchor(file: String, seq: Int, head: String) throws(AnchorStoreError) {
    if let problem = problem.withLock({ $0 }) { throw AnchorStoreError(problem) }
    kept.withLock { $0.append(AnchoredHead(file: file, seq: seq, head: head)) }
  }
}

extension AuditRecord {
  /// A call of `write_file` that a rule allows.
  static func call(
    _ number: Int = 1, tool: String? = "write_file", arguments: String = #"{"path":"/srv/x","content":"hello"}"#,
    decision: Decision = .sample, passed: Bool = true
  ) throws -> AuditRecord {
    .decision(
      AuditDecision(
        call: number, policy: AuditScratch.policy, method: "tools/call", tool: tool, decision: decision,
        passed: passed, arguments: .read(try JSONDocument(parsing: Array(arguments.utf8)))))
  }

  static func answer(_ number: Int = 1, _ kind: AuditOutcome.Kind = .result) -> AuditRecord {
    .outcome(AuditOutcome(call: number, tool: "write_file", kind: kind, microseconds: 1234))
  }
}

extension Decision {
  static let sample = Decision(
    .allow, by: .rule, rule: "fs-write", actionClass: .write, saying: "Allowed by rule `fs-write`.")
  static let denial = Decision(
    .deny, by: .guardrail, rule: "no-etc", also: ["no-root"], actionClass: .write, saying: "Denied: not there.")
}

/// The same random numbers in every run (SplitMix64).
struct AuditDice: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func roll(_ range: Range<Int>) -> Int { Int.random(in: range, using: &self) }
}

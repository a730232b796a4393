import Foundation
import LatchJSON
import LatchPolicy
import LatchProxy

extension Section {
  /// Records of the audit: what one costs with the kernel and with the disk behind it, and what reading arguments for
  /// secrets costs alone.
  static let audit = Section.ofRows("audit") { try redaction() + records() }

  private static func records() throws -> [Row] {
    let state = FileManager.default.temporaryDirectory.appending(path: "latch-audit-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: state) }
    var rows: [Row] = []
    for (durability, size) in [
      (AuditSettings.Durability.written, 100), (.written, 10_000), (.synced, 100), (.synced, 10_000),
    ] {
      var settings = AuditSettings(
        stateDirectory: state, upstream: "files", client: "cursor",
        policy: PolicyIdentity(bundle: digest, policy: digest))
      settings.durability = durability
      let log = try AuditLog(settings, anchor: NoAnchor())
      let record = try call(arguments: arguments(size))
      rows.append(
        try .measure("a decision, \(durability.rawValue), \(size) B of arguments", bytes: size) { try log.add(record) })
      if size == 100 {
        let outcome = AuditRecord.outcome(AuditOutcome(call: 1, tool: "write_file", kind: .result, microseconds: 1234))
        rows.append(try .measure("an outcome, \(durability.rawValue)", bytes: 0) { try log.add(outcome) })
      }
      try log.close()
    }
    return rows
  }

  private static func redaction() throws -> [Row] {
    let code = String(decoding: try Data(contentsOf: URL(filePath: #filePath)), as: UTF8.self)
    var texts = [("prose", prose), ("source code", code)]
    // Texts made of beginnings: none may cost much more than another.
    for unit in ["a", "eyJ-", "M-", "a=", "://", "-----BEGIN", "--a ", "bearer ", "pypi-", "token=", "password: "] {
      texts.append((unit, String(repeating: unit, count: 200_000 / unit.utf8.count)))
    }
    return texts.map { name, text in
      let bytes = Array(text.utf8)
      return .measure("looking for secrets in \(name)", bytes: bytes.count) { keep(holdsSecret(bytes.span)) }
    }
  }

  private static let digest = "sha256:" + String(repeating: "0", count: 64)
  private static let prose = String(
    repeating: "The quick brown fox jumps over the lazy dog, and nobody minds. ", count: 200)

  private static func arguments(_ size: Int) -> String {
    #"{"path":"/srv/project/data/report.txt","content":"\#(prose.prefix(max(0, size - 54)))"}"#
  }

  private static func call(arguments: String) throws -> AuditRecord {
    .decision(
      AuditDecision(
        call: 1, policy: PolicyIdentity(bundle: digest, policy: digest), method: "tools/call", tool: "write_file",
        decision: Decision(
          .allow, by: .rule, rule: "fs-write", actionClass: .write, saying: "Allowed by rule `fs-write`."),
        passed: true, arguments: .read(try JSONDocument(parsing: Array(arguments.utf8)))))
  }
}

private struct NoAnchor: AnchorStore {
  func anchor(file: String, seq: Int, head: String) {}
}

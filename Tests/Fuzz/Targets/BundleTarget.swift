import LatchJSON
import LatchPolicy

/// The reader of bundles, and policies made of what it accepts.
///
/// An input is a bundle's file. It is read as it is, and once more with all checksums made right (`Seal`), so that a
/// changed byte reaches the readers behind them. Lines of the kind `call` are what a policy is asked.
enum BundleTarget {
  static func take(_ input: Span<UInt8>) {
    let bytes = array(input)
    let lines = bytes.split(separator: 0x0A)
    let calls = lines.filter { Seal.kind(of: $0) == .call }.prefix(16).compactMap(call)
    let problem = read(bytes, calls)
    let problemOfSealed = Seal.file(lines).map { read($0, calls) } ?? .notABundle
    guard isOnlySound, let problem, let problemOfSealed else { return }
    fatalError("no bundle: \(problem); sealed: \(problemOfSealed)")
  }

  /// Whether every input has to be a bundle.
  private static let isOnlySound = CommandLine.arguments.contains("--only-sound")

  private static func read(_ file: [UInt8], _ calls: [Call]) -> BundleError? {
    do {
      check(try Bundle.read(file), of: file, calls)
      return nil
    } catch {
      demand(!error.description.isEmpty, "an error says what is wrong")
      return error
    }
  }

  private static func check(_ bundle: Bundle, of file: [UInt8], _ calls: [Call]) {
    let written: [UInt8]
    do {
      written = try bundle.encoded()
    } catch {
      guard case .notEncodable = error else { fatalError("broken promise: \(error)") }
      return
    }
    demand(written == file || !isOnlySound, "a bundle says all that its file said")
    guard let again = try? Bundle.read(written) else {
      fatalError("broken promise: what was accepted is accepted when it is written")
    }
    demand((try? again.encoded()) == written, "a bundle written, read and written is the same")
    for upstream in bundle.upstreams {
      guard let part = try? Bundle.read(written, upstream: upstream.name) else {
        fatalError("broken promise: a bundle has each of its upstreams")
      }
      check(policy(bundle, upstream), policy(again, upstream), policy(part, upstream), upstream, calls)
    }
  }

  private static func policy(_ bundle: Bundle, _ upstream: UpstreamPolicy) -> Policy? {
    try? Policy(bundle, upstream: upstream.name, paths: ProjectPaths(projects: ["/p"], homes: ["/h"]))
  }

  private static func check(
    _ policy: Policy?, _ again: Policy?, _ part: Policy?, _ upstream: UpstreamPolicy, _ calls: [Call]
  ) {
    guard let policy, let again, let part else {
      return demand(policy == nil && again == nil && part == nil, "what makes no policy makes none when written")
    }
    let tools = upstream.tools.prefix(16).map { Call(tool: $0.name, client: "cursor") }
    for call in tools + [Call(tool: "stranger", definition: .changed)] + calls {
      let decision = policy.decide(call)
      demand(!decision.reason.isEmpty, "a decision has a reason")
      demand(decision.effect != .deny || decision.obligations.isEmpty, "a denial owes nothing")
      demand(policy.trace(call).decision == decision, "a trace tells of the decision")
      demand(again.decide(call) == decision && part.decide(call) == decision, "a policy read decides as it was written")
      demand(isListed(call, policy) == isListed(call, again), "a policy read lists what it was written to list")
      _ = policy.holdsBehindLinks(call) { $0 }
    }
  }

  private static func isListed(_ call: Call, _ policy: Policy) -> Bool {
    policy.isListed(tool: call.tool, client: call.client)
  }

  /// `{"kind":"call","tool":…,"client":…,"changed":…,"arguments":…}`
  private static func call(_ line: ArraySlice<UInt8>) -> Call? {
    guard let document = try? JSONDocument(parsing: Array(line)) else { return nil }
    let value = document.value()
    return Call(
      tool: value["tool"]?.string ?? "", arguments: document.member("arguments", of: 0) == nil ? nil : document,
      root: document.member("arguments", of: 0) ?? 0, client: value["client"]?.string,
      definition: value["changed"]?.bool == true ? .changed : .asLocked)
  }
}

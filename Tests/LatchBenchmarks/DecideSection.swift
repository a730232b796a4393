import Foundation
import LatchCompiler
import LatchJSON
import LatchPolicy
import LatchSource

extension Section {
  /// One call decided under few rules and under many, of which one speaks of its tool, on five conditions; beside Cedar
  /// and Rego with the same policy, where they are installed.
  static let decide = Section(name: "decide") {
    let sizes = [10, 10_000]
    let latch = try sizes.map { try DecidedPolicy(rules: $0).secondsPerCall() }
    var rows: [(String, [Double?])] = [("Latch: decide, arguments read", latch)]
    rows.append(
      ("Latch: read the arguments and decide", try sizes.map { try DecidedPolicy(rules: $0).secondsWithReading() }))
    for (module, script) in [("cedarpy", cedarScript), ("regopy", regoScript)] {
      let times = sizes.map { python(script, $0) }
      if times[0] == nil {
        print("(PyPI \(module) is not installed: left out)")
      } else {
        rows.append(("PyPI \(module)", times))
      }
    }
    return Table(
      header: ["", "10 rules µs", "10,000 rules µs", "10,000 : 10", "Latch: decide, 10 rules, is faster by"],
      rows: rows.map { name, times in
        let few = times[0] ?? .nan
        let many = times[1].map { ($0 * 1e6, $0 / few) }
        return [
          name, String(format: "%.3f", few * 1e6), many.map { String(format: "%.3f", $0.0) } ?? "not within a minute",
          many.map { String(format: "%.2f", $0.1) } ?? "–", String(format: "%.0f×", few / latch[0]),
        ]
      })
  }
}

/// A policy of so many rules, compiled from its text.
private struct DecidedPolicy {
  private let policy: Policy
  private static let arguments =
    #"{"path":"/srv/reports/2026/q3.pdf","url":"https://files.example.com/put","branch":"release-42","#
    + #""amount":250,"mode":"final"}"#

  init(rules: Int) throws {
    var text = """
      version: 1
      name: bench
      upstreams: { reports: { command: server } }
      rules:
        - id: report
          effect: allow
          tool: send_report
          when:
            path: { within: /srv/reports }
            url: { host: "*.example.com" }
            branch: { regex: "^release-[0-9]+$" }
            amount: { max: 1000 }
            mode: [draft, final]

      """
    for number in 1..<rules {
      text += "  - { id: other-\(number), effect: allow, tool: other_tool, when: { name: \"n\(number)\" } }\n"
    }
    let tools = ["send_report", "other_tool"].map { JSONValue.object([.init("name", .string($0))]) }
    let lock = LockFile(upstreams: [
      LockedUpstream(
        name: "reports", server: nil, instructionsDigest: nil,
        tools: try tools.map { try LockedTool(definition: $0, trustAnnotations: false) })
    ])
    let files = ProjectFiles(
      root: ProjectFile(path: "latch.yaml", bytes: Array(text.utf8)),
      lock: ProjectFile(path: "latch.lock", bytes: Array(lock.text.utf8)))
    let outcome = compile(files, settings: CompilerSettings(clients: [], protectedPaths: [], compiler: "benchmark"))
    guard let bundle = outcome.accepted else {
      preconditionFailure("the benchmark's policy is in order: \(outcome.found.map(\.message))")
    }
    policy = try Policy(bundle, upstream: "reports", paths: ProjectPaths(projects: ["/srv"], homes: ["/home/ann"]))
    let decision = policy.decide(try Self.call())
    precondition(decision.effect == .allow, "the benchmark's call is allowed")
  }

  private static func call() throws -> Call {
    Call(tool: "send_report", arguments: try JSONDocument(parsing: Array(arguments.utf8)), client: "cursor")
  }

  func secondsPerCall() throws -> Double {
    let call = try Self.call()
    return Row.measure("", bytes: 0) { keep(policy.decide(call)) }.seconds
  }

  func secondsWithReading() throws -> Double {
    try Row.measure("", bytes: 0) { keep(policy.decide(try Self.call())) }.seconds
  }
}

/// The seconds that one decision takes in a Python package; nil if it is not installed, or not done in a minute.
private func python(_ script: String, _ rules: Int) -> Double? {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
  process.arguments = [
    "timeout", "60", ProcessInfo.processInfo.environment["LATCH_PYTHON"] ?? "python3", "-c", script + timing,
    String(rules),
  ]
  let output = Pipe()
  process.standardOutput = output
  process.standardError = FileHandle.nullDevice
  do { try process.run() } catch { return nil }
  let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
  process.waitUntilExit()
  return process.terminationStatus == 0 ? Double(text.trimmingCharacters(in: .whitespacesAndNewlines)) : nil
}

private let timing = """

  import timeit
  assert decide()
  rounds = 1
  while timeit.timeit(decide, number=rounds) < 0.05: rounds *= 2
  print(min(timeit.repeat(decide, number=rounds, repeat=5)) / rounds)
  """

/// Cedar has no regular expressions: a prefix stands for one.
private let cedarScript = """
  import sys, cedarpy
  rules = int(sys.argv[1])
  text = '''permit(principal, action == Action::"send_report", resource) when {
    context.path like "/srv/reports/*" && context.host like "*.example.com" && context.branch like "release-*" &&
    context.amount <= 1000 && ["draft", "final"].contains(context.mode) };'''
  for number in range(1, rules):
    text += f'permit(principal, action == Action::"other_tool", resource) when {{ context.name == "n{number}" }};'
  policies = cedarpy.PolicySet.from_str(text)
  entities = cedarpy.Entities.from_json_str("[]")
  request = {"principal": 'User::"ann"', "action": 'Action::"send_report"', "resource": 'Tool::"reports"',
    "context": {"path": "/srv/reports/2026/q3.pdf", "host": "files.example.com", "branch": "release-42",
      "amount": 250, "mode": "final"}}
  decide = lambda: cedarpy.is_authorized(request, policies, entities).allowed
  """

private let regoScript = """
  import sys, regopy
  rules = int(sys.argv[1])
  text = '''package latch
  import rego.v1
  default allow := false
  allow if { input.tool == "send_report"; startswith(input.path, "/srv/reports/"); endswith(input.host, ".example.com")
    regex.match(`^release-[0-9]+$`, input.branch); input.amount <= 1000; input.mode in {"draft", "final"} }
  '''
  for number in range(1, rules):
    text += f'allow if {{ input.tool == "other_tool"; input.name == "n{number}" }}\\n'
  engine = regopy.Interpreter()
  engine.add_module("latch", text)
  call = {"tool": "send_report", "path": "/srv/reports/2026/q3.pdf", "host": "files.example.com",
    "branch": "release-42", "amount": 250, "mode": "final"}
  bundle = engine.build("data.latch.allow")
  engine.set_input(call)
  def decide():
    engine.set_input(call)
    return "true" in str(engine.query_bundle(bundle))
  """

import LatchCompiler
import LatchJSON
import LatchPolicy
import LatchSource

/// A project of one upstream `s`, written as its author writes it.
struct SmallPolicy {
  let policy: Policy

  /// What the compiler refuses, by its codes.
  struct Refusal: Error, Equatable {
    var codes: Set<String>
  }

  /// `text`: what stands in `latch.yaml` beside version, name and upstream; `upstream`: what that has beside its command.
  init(
    _ text: String, upstream: String = "", tools: [JSONValue] = SmallPolicy.tools, homes: [String] = ["/home/u"]
  ) throws {
    let outcome = try Self.compiled(text, upstream: upstream, tools: tools)
    guard let bundle = outcome.accepted else {
      throw Refusal(codes: Set(outcome.found.filter { $0.severity == .error }.map { "\($0.code)" }))
    }
    policy = try Policy(
      try Bundle.read(try bundle.encoded()), upstream: "s",
      paths: ProjectPaths(projects: ["/srv/project"], homes: homes))
  }

  static func compiled(
    _ text: String, upstream: String = "", tools: [JSONValue] = SmallPolicy.tools
  ) throws -> Outcome<Bundle> {
    let head = "version: 1\nname: small\nupstreams: { s: { command: server\(upstream) } }\n"
    let lock = LockFile(upstreams: [
      LockedUpstream(
        name: "s", server: nil, instructionsDigest: nil,
        tools: try tools.map { try LockedTool(definition: $0, trustAnnotations: false) })
    ])
    let files = ProjectFiles(
      root: ProjectFile(path: "latch.yaml", bytes: Array((head + text).utf8)),
      lock: ProjectFile(path: "latch.lock", bytes: Array(lock.text.utf8)))
    return compile(files, settings: CompiledPolicy.settings)
  }

  /// Tools that take any arguments.
  static let tools: [JSONValue] = [["name": "read_file"], ["name": "write_file"], ["name": "fetch_url"]]

  func call(_ tool: String, _ arguments: String, client: String? = nil) throws -> Call {
    Call(tool: tool, arguments: try JSONDocument(parsing: Array(arguments.utf8)), client: client)
  }

  func decide(_ tool: String, _ arguments: String = "{}", client: String? = nil) throws -> Decision {
    policy.decide(try call(tool, arguments, client: client))
  }

  /// Effect and who decided it: `deny rule no-keys`, `allow default`.
  func outcome(_ tool: String, _ arguments: String = "{}", client: String? = nil) throws -> String {
    let decision = try decide(tool, arguments, client: client)
    let parts = [decision.effect.rawValue, decision.decidedBy.rawValue] + [decision.rule].compactMap(\.self)
    return parts.joined(separator: " ")
  }
}

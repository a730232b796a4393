import LatchJSON
import LatchLaunch
import LatchPolicy

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The whole program: words in, exit code out.
package enum Proxy {
  package static let version = "0.1.0"

  /// Runs until the client or the server is done. Without `connect` an upstream over HTTP is left to the program that
  /// has it: see `HTTPProgram`.
  package static func run(_ words: [String], connecting connect: Connector? = nil) -> Int32 {
    let diagnostics = Diagnostics(2)
    do {
      switch try Invocation.parse(words) {
      case .help: return print(Invocation.usage)
      case .version: return print("latch-proxy \(version)\n")
      case .run(let arguments): return try start(arguments, words, diagnostics, connect)
      }
    } catch {
      if isatty(0) == 1 {
        diagnostics.write(error.reason)
      } else {
        Refusal.serve(error.reason, diagnostics: diagnostics)
      }
      return 2
    }
  }

  private static func print(_ text: String) -> Int32 {
    Descriptors.write(Array(text.utf8).span, to: 1) ? 0 : 1
  }

  private static func start(
    _ arguments: Arguments, _ words: [String], _ diagnostics: Diagnostics, _ connect: Connector?
  ) throws(StartError) -> Int32 {
    let references = try StartError.wrapping { () throws(LaunchError) in
      try References(environment: .current(), project: arguments.project)
    }
    guard let state = arguments.state ?? Paths.ofUser("XDG_STATE_HOME", else: ".local/state", references) else {
      throw StartError("there is no place for approvals and the record: set `HOME`, or give `--state DIR`")
    }
    let loaded = try LoadedPolicy(arguments, references, state: state)
    if case .http = loaded.upstream.launch, connect == nil { throw HTTPProgram.become(words) }
    guard let events = EventPipe() else { throw StartError("the system gives no pipe") }
    let notice = try ApprovalNotice(configuration: Paths.ofUser("XDG_CONFIG_HOME", else: ".config", references))
    let project = references.project.map { Paths.real($0) ?? $0 } ?? ""
    let started = try Servers.start(loaded.upstream, references, loaded.limits, connecting: connect)
    let secrets = Servers.secrets(loaded.upstream, references) + started.secrets
    let gate = LocalGate(
      AuditSettings(loaded, arguments, state: state, project: project, secrets: secrets),
      project: ProjectKey(realPath: project), notice: notice)
    var settings = Session.Settings(
      policy: loaded.policy, upstream: loaded.upstream, identity: loaded.identity, client: arguments.client,
      limits: loaded.limits, ownIDs: unguessableID(),
      questionIDs: unguessableID(), gate: gate)
    settings.projectPath = project
    settings.observes = arguments.observes
    settings.audit = loaded.guarding.audit
    settings.approvalKeys = try loaded.approvalKeys()
    let relay = Relay(
      Session(settings), gate: gate, upstream: started.server, limit: loaded.limits.bytes, events: events,
      diagnostics: diagnostics
    ) { () throws(StartError) in
      guard arguments.pin == nil else { throw StartError("`--pin` names it") }
      return try LoadedPolicy(arguments, references, state: state)
    }
    let code = relay.run()
    if let problem = gate.close() { diagnostics.write("the record was not ended: \(problem)") }
    return code
  }

  private static func unguessableID() -> String {
    var system = SystemRandomNumberGenerator()
    return "latch-\(String(system.next(), radix: 16))\(String(system.next(), radix: 16))"
  }
}

/// Why there is nothing to stand before, for the person who set it up.
package struct StartError: Error {
  let reason: String

  package init(_ reason: String) { self.reason = reason }

  package static func wrapping<Failure: Error & CustomStringConvertible, Result>(
    _ work: () throws(Failure) -> Result
  ) throws(StartError) -> Result {
    do { return try work() } catch { throw StartError(error.description) }
  }
}

extension AuditSettings {
  fileprivate init(
    _ loaded: LoadedPolicy, _ given: LatchProxy.Arguments, state: String, project: String, secrets: [String]
  ) {
    self.init(
      stateDirectory: state, upstream: given.upstream, client: given.client, policy: loaded.identity)
    self.project = project.isEmpty ? nil : project
    mode = given.observes ? .observe : .enforce
    self.secrets = secrets
    arguments = loaded.guarding.audit.arguments
    durability = loaded.guarding.audit.durability
  }
}

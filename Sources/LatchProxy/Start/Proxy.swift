import LatchJSON
import LatchMCP
import LatchPolicy

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The whole program: words in, exit code out.
package enum Proxy {
  package static let version = "0.1.0"

  /// Runs until the client or the server is done.
  package static func run(_ words: [String]) -> Int32 {
    let diagnostics = Diagnostics(2)
    do {
      switch try Invocation.parse(words) {
      case .help: return print(Invocation.usage)
      case .version: return print("latch-proxy \(version)\n")
      case .run(let arguments): return try start(arguments, diagnostics)
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

  private static func start(_ arguments: Arguments, _ diagnostics: Diagnostics) throws(StartError) -> Int32 {
    guard let events = EventPipe() else { throw StartError("the system gives no pipe") }
    let bundle = try StartError.wrapping { () throws(BundleError) in
      try Bundle.read(BundleFile.read(path: arguments.bundle), upstream: arguments.upstream, pin: arguments.pin)
    }
    guard let upstream = bundle.upstreams.first else { throw StartError("the bundle has no such upstream") }
    let references = try StartError.wrapping { () throws(LaunchError) in
      try References(environment: .current(), project: arguments.project)
    }
    let policy = try StartError.wrapping { () throws(BundleError) in
      try Policy(
        bundle, upstream: arguments.upstream, paths: Paths.protected(references, bundle: arguments.bundle))
    }
    if upstream.needsProject, references.project == nil {
      throw StartError("a rule of the policy speaks of `${project}`; start latch-proxy with `--project DIR`")
    }
    let limits = JSONLimits(bytes: bundle.guarding.limits.messageBytes, depth: bundle.guarding.limits.depth)
    let server = try server(upstream, references, limits)
    let session = Session(
      Session.Settings(
        policy: policy, upstream: upstream, client: arguments.client, limits: limits, ownIDs: unguessableID(),
        gate: FileLinks()))
    return Relay(session, upstream: server, limit: limits.bytes, events: events, diagnostics: diagnostics).run()
  }

  /// Called on the thread that lives as long as the process: a program dies with it.
  private static func server(
    _ upstream: UpstreamPolicy, _ references: References, _ limits: JSONLimits
  ) throws(StartError) -> any Server {
    switch upstream.launch {
    case .stdio(let command, let words, let environment, let directory, let inherit):
      let plan = LaunchPlan(
        command: command, arguments: words, environment: environment.map(LaunchPlan.Binding.init),
        directory: directory, inherit: inherit)
      let resolved = try StartError.wrapping { () throws(LaunchError) in try plan.resolved(with: references) }
      do {
        return LocalServer(upstream.name, try ChildProcess.start(resolved, diesWithUs: true))
      } catch {
        throw StartError("the server `\(upstream.name)` cannot be started: \(error.message)")
      }
    case .http(let transport, let url, let headers, let insecure):
      guard let transport = HTTPEndpoint.Transport(named: transport) else {
        throw StartError("`\(upstream.name)` is reached in a way that this release does not know")
      }
      let plan = EndpointPlan(
        transport: transport, url: url, headers: headers.map(LaunchPlan.Binding.init), isInsecure: insecure)
      return try StartError.wrapping { () throws(LaunchError) in
        try RemoteServer(upstream.name, try plan.resolved(with: references), limits: limits)
      }
    }
  }

  private static func unguessableID() -> String {
    var system = SystemRandomNumberGenerator()
    return "latch-\(String(system.next(), radix: 16))\(String(system.next(), radix: 16))"
  }
}

/// Why there is nothing to stand before, for the person who set it up.
struct StartError: Error {
  let reason: String

  init(_ reason: String) { self.reason = reason }

  static func wrapping<Failure: Error & CustomStringConvertible, Result>(
    _ work: () throws(Failure) -> Result
  ) throws(StartError) -> Result {
    do { return try work() } catch { throw StartError(error.description) }
  }
}

extension LaunchPlan.Binding {
  fileprivate init(_ binding: Launch.Binding) {
    switch binding.value {
    case .text(let text): self.init(binding.name, .text(text))
    case .output(let words): self.init(binding.name, .output(of: words))
    }
  }
}

package import LatchJSON
package import LatchLaunch
package import LatchPolicy

/// A server that was started or is reached, and what programs printed to be given to it.
package struct StartedServer {
  package var server: any Server
  package var secrets: [String]

  package init(_ server: any Server, secrets: [String]) {
    self.server = server
    self.secrets = secrets
  }
}

/// Reaches an upstream that is no program, with messages no larger than the limits.
package typealias Connector = (UpstreamPolicy, References, JSONLimits) throws(StartError) -> StartedServer

/// How the upstream of a policy is started or reached.
enum Servers {
  /// Called on the thread that lives as long as the process: a program dies with it.
  static func start(
    _ upstream: UpstreamPolicy, _ references: References, _ limits: JSONLimits, connecting connect: Connector?
  ) throws(StartError) -> StartedServer {
    switch upstream.launch {
    case .stdio(let command, let words, let environment, let directory, let inherit):
      let plan = LaunchPlan(
        command: command, arguments: words, environment: environment.map(LaunchPlan.Binding.init),
        directory: directory, inherit: inherit)
      let resolved = try StartError.wrapping { () throws(LaunchError) in try plan.resolved(with: references) }
      do {
        let printed = environment.filter { $0.value.text == nil }.compactMap { binding in
          resolved.environment.last { $0.name.utf8.elementsEqual(binding.name.utf8) }?.value
        }
        let server = LocalServer(upstream.name, try ChildProcess.start(resolved, diesWithUs: true))
        return StartedServer(server, secrets: printed)
      } catch {
        throw StartError("the server `\(upstream.name)` cannot be started: \(error.message)")
      }
    case .http:
      guard let connect else { throw StartError("this program reaches nothing over HTTP") }
      return try connect(upstream, references, limits)
    }
  }

  /// What the references of the upstream are filled in with, so that it is kept out of the record.
  static func secrets(_ upstream: UpstreamPolicy, _ references: References) -> [String] {
    let texts: [String] =
      switch upstream.launch {
      case .stdio(_, let words, let environment, _, _): words + environment.compactMap(\.value.text)
      case .http(_, let url, let headers, _): [url] + headers.compactMap(\.value.text)
      }
    return texts.flatMap { references.secrets(in: $0) }
  }
}

extension Launch.Value {
  fileprivate var text: String? { if case .text(let text) = self { text } else { nil } }
}

extension LaunchPlan.Binding {
  package init(_ binding: Launch.Binding) {
    switch binding.value {
    case .text(let text): self.init(binding.name, .text(text))
    case .output(let words): self.init(binding.name, .output(of: words))
    }
  }
}

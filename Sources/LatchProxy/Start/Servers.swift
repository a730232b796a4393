import LatchJSON
import LatchMCP
import LatchPolicy

/// How the upstream of a policy is started or reached.
enum Servers {
  /// A server, and what programs printed to be given to it.
  struct Started {
    var server: any Server
    var secrets: [String]
  }

  /// Called on the thread that lives as long as the process: a program dies with it.
  static func start(
    _ upstream: UpstreamPolicy, _ references: References, _ limits: JSONLimits
  ) throws(StartError) -> Started {
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
        return Started(server: server, secrets: printed)
      } catch {
        throw StartError("the server `\(upstream.name)` cannot be started: \(error.message)")
      }
    case .http(let transport, let url, let headers, let insecure):
      guard let transport = HTTPEndpoint.Transport(named: transport) else {
        throw StartError("`\(upstream.name)` is reached in a way that this release does not know")
      }
      let plan = EndpointPlan(
        transport: transport, url: url, headers: headers.map(LaunchPlan.Binding.init), isInsecure: insecure)
      let endpoint = try StartError.wrapping { () throws(LaunchError) in try plan.resolved(with: references) }
      let printed = headers.filter { $0.value.text == nil }.compactMap { header in
        endpoint.fields.first { $0.name.utf8.elementsEqual(header.name.utf8) }?.value
      }
      return try StartError.wrapping { () throws(LaunchError) in
        Started(server: try RemoteServer(upstream.name, endpoint, limits: limits), secrets: printed)
      }
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
  fileprivate init(_ binding: Launch.Binding) {
    switch binding.value {
    case .text(let text): self.init(binding.name, .text(text))
    case .output(let words): self.init(binding.name, .output(of: words))
    }
  }
}

package import LatchJSON
package import LatchLaunch
import LatchMCP
package import LatchPolicy
package import LatchProxy

/// Reaches an upstream over HTTP.
package func connect(
  _ upstream: UpstreamPolicy, _ references: References, _ limits: JSONLimits
) throws(StartError) -> StartedServer {
  guard case .http(let transport, let url, let headers, let insecure) = upstream.launch,
    let transport = HTTPEndpoint.Transport(named: transport)
  else { throw StartError("`\(upstream.name)` is reached in a way that this release does not know") }
  let plan = EndpointPlan(
    transport: transport, url: url, headers: headers.map(LaunchPlan.Binding.init), isInsecure: insecure)
  return try StartError.wrapping { () throws(LaunchError) in
    let endpoint = try plan.resolved(with: references)
    let printed = headers.filter(\.isPrinted).compactMap { header in
      endpoint.fields.first { $0.name.utf8.elementsEqual(header.name.utf8) }?.value
    }
    return StartedServer(try RemoteServer(upstream, endpoint, limits: limits), secrets: printed)
  }
}

extension Launch.Binding {
  /// Whether a program prints the value.
  fileprivate var isPrinted: Bool { if case .output = value { true } else { false } }
}

import LatchLaunch
import LatchMCP
import LatchPolicy

extension Launch {
  /// How the upstream is started, as LatchMCP takes it; nil for one that is reached over HTTP.
  var plan: LaunchPlan? {
    guard case .stdio(let command, let arguments, let environment, let directory, let inherit) = self else {
      return nil
    }
    return LaunchPlan(
      command: command, arguments: arguments,
      environment: environment.map { LaunchPlan.Binding($0.name, $0.value.forLaunch) }, directory: directory,
      inherit: inherit)
  }

  /// The server as LatchMCP speaks to it, its references filled in.
  func server(with references: References) throws -> ServerAddress {
    if let plan { return .program(try plan.resolved(with: references)) }
    guard case .http(let transport, let url, let headers, let insecure) = self,
      let transport = HTTPEndpoint.Transport(named: transport)
    else { throw Failure("its transport is none that this release knows") }
    let plan = EndpointPlan(
      transport: transport, url: url, headers: headers.map { LaunchPlan.Binding($0.name, $0.value.forLaunch) },
      isInsecure: insecure)
    return .endpoint(try plan.resolved(with: references))
  }

  /// Variables that must reach the proxy for this upstream, sorted.
  var variableNames: [String] {
    let (texts, inherit): ([String], [String])
    switch self {
    case .stdio(_, let arguments, let environment, let directory, let inherited):
      texts = arguments + environment.compactMap(\.value.text) + [directory].compactMap(\.self)
      inherit = inherited
    case .http(_, _, let headers, _): (texts, inherit) = (headers.compactMap(\.value.text), [])
    }
    let read = texts.flatMap { (try? ReferenceText(parsing: $0))?.variableNames ?? [] }
    return Array(Set(read + inherit)).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}

extension Launch.Value {
  fileprivate var forLaunch: LaunchPlan.Value {
    switch self {
    case .text(let text): .text(text)
    case .output(let argv): .output(of: argv)
    }
  }

  fileprivate var text: String? { if case .text(let text) = self { text } else { nil } }
}

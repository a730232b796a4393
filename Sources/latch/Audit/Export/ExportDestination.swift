import LatchExport
import LatchLaunch
import LatchMCP
import LatchProxy

/// The collector that records are sent to, and what it is sent along.
struct ExportDestination {
  let endpoint: HTTPEndpoint
  let timeout: Duration

  /// For people: without what may stand in a URL and is not theirs to see.
  var shown: String { endpoint.address.shown }

  /// What the file is called in which it is kept how far the collector has got.
  var cursorName: String { ExportCursor.name(for: endpoint.address.text) }

  /// `url` and `headers` are as the command line has them; what it does not say, the variables of OpenTelemetry do.
  init(url: String?, headers: [String], isInsecure: Bool, environment: ProcessEnvironment) throws(Failure) {
    do throws(LaunchError) {
      let settings = try OTLPSettings(environment)
      guard let url = url ?? settings.url else {
        throw .unsuitableSetting(
          name: "OTEL_EXPORTER_OTLP_ENDPOINT", problem: "is not set; say where to with `--to URL`")
      }
      let references = try References(environment: environment, project: nil)
      var fields = settings.headers
      for header in headers { fields.append(try Self.field(header, references)) }
      endpoint = try HTTPEndpoint(url: url, transport: .streamable, fields: fields, isInsecure: isInsecure)
      timeout = settings.timeout
    } catch {
      throw Failure(Self.problem(error))
    }
  }

  /// Takes `Name: value` apart; whether it is one was seen when the command line was read.
  private static func field(
    _ header: String, _ references: References
  ) throws(LaunchError) -> (name: String, value: String) {
    guard let (name, value) = HeaderOption.parts(of: header) else { throw .malformedReference(header) }
    return (name, try references.resolve(value))
  }

  /// In the words of the command line, and without those of a header: they may be a secret.
  private static func problem(_ error: LaunchError) -> String {
    switch error {
    case .unsuitableAddress(let problem): "the collector's URL cannot be used: \(problem)"
    case .unsuitableHeader(let name, let problem): "the header `\(name.harmless)` \(problem)"
    case .malformedReference:
      "a `--header` has a reference that cannot be read; write `${env:NAME}`, `${env:NAME:-default}` or `${file:PATH}`"
    case .missingVariable(let name): "the variable `\(name)` is not set, or empty"
    case .missingProject: "`${project}` means nothing in a `--header`"
    default: "\(error)"
    }
  }
}

/// What `--header` takes.
enum HeaderOption {
  /// Name and value of `Name: value`; nil if it is none.
  static func parts(of text: String) -> (name: String, value: String)? {
    guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")), colon > text.startIndex else { return nil }
    let value = text.utf8[colon...].dropFirst().drop { $0 == 0x20 || $0 == 0x09 }
    return (String(text[..<colon]), String(value) ?? "")
  }
}

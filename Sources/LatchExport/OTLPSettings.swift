package import LatchLaunch
import LatchMCP

/// Where logs are sent, as the variables of OpenTelemetry say it. Those for logs go before those for everything; an
/// empty variable is none.
package struct OTLPSettings: Sendable {
  /// nil where none is said.
  package let url: String?
  /// As they are to be sent.
  package let headers: [(name: String, value: String)]
  /// How long one request may take.
  package let timeout: Duration

  package init(_ environment: ProcessEnvironment) throws(LaunchError) {
    func value(_ name: String) -> (name: String, value: String)? {
      for name in ["OTEL_EXPORTER_OTLP_LOGS_\(name)", "OTEL_EXPORTER_OTLP_\(name)"] {
        if let value = environment[name], !value.isEmpty { return (name, value) }
      }
      return nil
    }
    url = value("ENDPOINT").map { name, value in Self.isForLogs(name) ? value : Self.logs(below: value) }
    if let (name, list) = value("HEADERS") { headers = try Self.headers(name, list) } else { headers = [] }
    if let (name, text) = value("TIMEOUT") { timeout = try Self.timeout(name, text) } else { timeout = .seconds(10) }
  }

  private static func isForLogs(_ name: String) -> Bool { name.utf8.starts(with: "OTEL_EXPORTER_OTLP_LOGS_".utf8) }

  private static func logs(below base: String) -> String {
    base.utf8.last == UInt8(ascii: "/") ? "\(base)v1/logs" : "\(base)/v1/logs"
  }

  /// `name=value,name=value`, blanks around each ignored, values percent-encoded. A value is never repeated in an error.
  private static func headers(
    _ variable: String, _ list: String
  ) throws(LaunchError) -> [(name: String, value: String)] {
    var headers: [(name: String, value: String)] = []
    for entry in list.utf8.split(separator: UInt8(ascii: ",")) {
      let entry = trimmed(entry)
      if entry.isEmpty { continue }
      guard let equals = entry.firstIndex(of: UInt8(ascii: "=")),
        let name = String(trimmed(entry[..<equals])), !name.isEmpty,
        let value = percentDecoded(trimmed(entry[equals...].dropFirst()))
      else {
        throw .unsuitableSetting(name: variable, problem: "must be a list such as `name=value,name=value`")
      }
      headers.append((name, value))
    }
    return headers
  }

  private static func timeout(_ variable: String, _ text: String) throws(LaunchError) -> Duration {
    guard let milliseconds = Int(text), (1...3_600_000).contains(milliseconds) else {
      throw .unsuitableSetting(name: variable, problem: "must be a number of milliseconds, 1 to 3600000")
    }
    return .milliseconds(milliseconds)
  }

  private static func trimmed(_ text: Substring.UTF8View) -> Substring.UTF8View {
    func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
    var rest = text.drop(while: isBlank)
    while let byte = rest.last, isBlank(byte) { rest = rest.dropLast() }
    return rest
  }
}

package import LatchLaunch

/// Why an upstream could not be listed.
package enum UpstreamError: Error, Equatable, Sendable {
  case launch(LaunchError)
  case timedOut(method: String, hint: String?)
  /// It ended or closed its output; with the last of what it complained of.
  case ended(code: Int32?, complaint: String)
  case tooMuch(String)
  case badAnswer(method: String, problem: String)
  case refused(method: String, code: Int, message: String)
  case unsupportedRevision(asked: ProtocolRevision, offered: String)
  case duplicateTool(String)
  /// Over HTTP.
  case unanswered(method: String, HTTPFailure)
}

extension UpstreamError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .launch(let error): error.description
    case .timedOut(let method, let hint):
      "it does not answer `\(method)` in time" + (hint.map { " (\($0))" } ?? "; a longer time: `--timeout`")
    case .ended(let code, let complaint):
      "it ended" + (code.map(Self.ending) ?? " its output") + (complaint.isEmpty ? "" : ", saying: \(complaint)")
    case .tooMuch(let what): "it sends more than is read: \(what)"
    case .badAnswer(let method, let problem): "its answer to `\(method)` cannot be used: \(problem)"
    case .refused(let method, let code, let message): "it refuses `\(method)`: \(message) (\(code))"
    case .unsupportedRevision(let asked, let offered):
      "asked for protocol revision \(asked.rawValue) it offers `\(offered)`, which this release does not know"
    case .duplicateTool(let name): "it lists the tool `\(name)` twice"
    case .unanswered(let method, let failure): "asked for `\(method)`: \(failure)"
    }
  }

  private static func ending(_ code: Int32) -> String {
    code < 0 ? " by signal \(-code)" : " with status \(code)"
  }
}

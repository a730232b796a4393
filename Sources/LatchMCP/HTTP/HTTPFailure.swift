/// Why a request over HTTP has no answer, or why there will be no more answers. No word of it comes from a credential.
package enum HTTPFailure: Error, Equatable, Sendable {
  /// No connection, in words of our own.
  case unreachable(String)
  case timedOut(String)
  /// 401 or 403; with the references that the credentials came from.
  case unauthorized(status: Int, references: [String])
  /// Any other status that is no success, and what the server says of it.
  case status(Int, said: String?)
  case redirected(String)
  case tooMuch(String)
  case notUnderstood(String)
  /// The connection ended before the answer came, and it cannot be taken up again.
  case broken
  /// The server has forgotten the session in which this was asked.
  case sessionLost
  /// Another request with the same id has no answer yet.
  case inUse
  /// Too much waits to be sent.
  case backlog
  case closed
}

extension HTTPFailure: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unreachable(let reason): "the server cannot be reached: \(reason)"
    case .timedOut(let what): "the server did not \(what) in time"
    case .unauthorized(let status, let references): Self.unauthorized(status, references)
    case .status(let code, let said): "the server answered with HTTP status \(code)" + (said.map { ": \($0)" } ?? "")
    case .redirected(let reason): reason
    case .tooMuch(let what): "the server sends more than is read: \(what)"
    case .notUnderstood(let what): "the server's answer cannot be used: \(what)"
    case .broken: "the connection ended before the answer came; whether the server acted on the request is not known"
    case .sessionLost: "the server has forgotten the session; whether it acted on the request is not known"
    case .inUse: "a request with this id has no answer yet"
    case .backlog: "too much waits to be sent to the server"
    case .closed: "the connection to the server was closed"
    }
  }

  private static func unauthorized(_ status: Int, _ references: [String]) -> String {
    let refused = "the server refused the credentials (HTTP status \(status))"
    if references.isEmpty { return "\(refused): none are set; write them in the upstream's `headers`" }
    return "\(refused): check \(references.map { "`\($0)`" }.joined(separator: " and "))"
  }
}

/// Why the state database is not used. Whoever asked it whether a call may go denies the call.
package enum StateError: Error, Sendable, Equatable {
  /// A file or directory cannot be reached, made or read; `problem` says why.
  case unreachable(path: String, problem: String)
  case accessibleByOthers(path: String)
  case foreignOwner(path: String)
  /// Somebody else holds the lock for longer than a call should wait.
  case locked
  case full
  case readOnly
  case corrupt(String)
  /// The file was written by a later version of Latch.
  case newer(version: Int, known: Int)
  /// A database, but not one of Latch.
  case foreign
  /// The database is gone, or older than what it is known to have been.
  case rolledBack(String)
  /// More calls of a project wait for a person than a person can mean.
  case tooManyRequests(limit: Int)
  /// A text is longer than is kept for a person to read.
  case tooLong(limit: Int)
  /// An anchor that does not go on from the one before.
  case anchorOutOfOrder(file: String)
  /// Anything else that SQLite complains of, with its extended result code.
  case failed(code: Int32, message: String)
}

extension StateError: CustomStringConvertible {
  /// What is wrong and what to do about it, for the person who reads it in the client.
  package var description: String {
    switch self {
    case .unreachable(let path, let problem): "the state in `\(path)` cannot be used: \(problem)"
    case .accessibleByOthers(let path):
      "`\(path)` is open to other users, who could approve calls there; run `chmod go-rwx` on it"
    case .foreignOwner(let path): "`\(path)` belongs to another user; name a state directory of your own"
    case .locked:
      "the state database is locked by another program; see who holds `state.db` or `state.counter`, then try again"
    case .full: "there is no space left for the state database; make room, then try again"
    case .readOnly: "the state database cannot be written; see the permissions of its directory and its medium"
    case .corrupt(let what): "the state database is damaged (\(what)); \(Self.anew)"
    case .newer(let version, let known):
      "the state database is of version \(version) and this program knows \(known); "
        + "use `latch` and `latch-proxy` of one release"
    case .foreign: "`state.db` is not a state database of Latch; name another state directory"
    case .rolledBack(let what): "the state database is not the one last used (\(what)); \(Self.anew)"
    case .tooManyRequests(let limit):
      "\(limit) calls of this project wait for approval already; decide some with `latch approvals`"
    case .tooLong(let limit): "the call is too long to be shown for approval (over \(limit) bytes)"
    case .anchorOutOfOrder(let file): "the audit file `\(file)` is anchored at a later record already"
    case .failed(let code, let message): "the state database cannot be used: \(message) (SQLite \(code))"
    }
  }

  private static let anew =
    "remove `state.db*` and `state.counter` to begin anew, without approvals, leases and counts; move `audit` elsewhere with "
    + "them, which nothing vouches for any more"
}

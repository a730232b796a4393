/// Why a record could not be kept. Whoever gets it lets no call go.
package enum AuditError: Error, Sendable, Equatable, CustomStringConvertible {
  /// A directory cannot be made or must not be relied on.
  case directory(path: String, problem: String)
  /// The file cannot be made.
  case file(path: String, problem: String)
  /// The installation key cannot be read or made.
  case key(path: String, problem: String)
  /// The record could not be written; nothing of it is left.
  case notWritten(problem: String)
  /// The record is written, but perhaps not on the disk.
  case notSynced(problem: String)
  /// What was written so far could not be anchored; nothing more is written until it can.
  case notAnchored(problem: String)
  case closed

  package var description: String {
    switch self {
    case .directory(let path, let problem): "the audit's directory `\(path)` cannot be used: \(problem)"
    case .file(let path, let problem): "the audit's file `\(path)` cannot be made: \(problem)"
    case .key(let path, let problem): "the installation key `\(path)` cannot be used: \(problem)"
    case .notWritten(let problem): "the audit record cannot be written: \(problem)"
    case .notSynced(let problem): "the audit record cannot be brought to the disk: \(problem)"
    case .notAnchored(let problem): "the audit record cannot be anchored: \(problem)"
    case .closed: "the audit record is closed"
    }
  }
}

/// A revision of the protocol, newest last; the first four open with a handshake, the last with none.
package enum ProtocolRevision: String, Sendable, CaseIterable {
  case r2024November = "2024-11-05"
  case r2025March = "2025-03-26"
  case r2025June = "2025-06-18"
  case r2025November = "2025-11-25"
  case r2026July = "2026-07-28"

  /// Whether a session opens with `initialize`.
  package var hasHandshake: Bool { self != .r2026July }

  package static let newestWithHandshake = ProtocolRevision.r2025November
  package static let oldest = ProtocolRevision.r2024November
}

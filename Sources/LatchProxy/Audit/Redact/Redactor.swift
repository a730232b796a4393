import LatchPolicy

/// Tells which texts are kept out of the record.
struct Redactor: Sendable {
  /// What stands in the place of what was kept out.
  static let marker = "[redacted]"
  /// Shorter values stand in any text.
  static let shortestSecret = 8

  private let secrets: [[UInt8]]
  /// Which bytes a secret begins with.
  private let beginnings: [Bool]

  /// `secrets` are values that references were filled in with.
  init(secrets: [String]) {
    self.secrets = secrets.map { Array($0.utf8) }.filter { $0.count >= Self.shortestSecret }
    var beginnings = [Bool](repeating: false, count: 256)
    for secret in self.secrets { if let first = secret.first { beginnings[Int(first)] = true } }
    self.beginnings = beginnings
  }

  func hides(_ text: Span<UInt8>) -> Bool { holdsKnownSecret(text) || holdsSecret(text) }

  func hides(_ text: String) -> Bool { hides(text.utf8.span) }

  func holdsKnownSecret(_ text: Span<UInt8>) -> Bool {
    guard !secrets.isEmpty else { return false }
    for index in 0..<text.count where beginnings[Int(text[index])] {
      if secrets.contains(where: { stands($0, at: index, in: text) }) { return true }
    }
    return false
  }

  private func stands(_ secret: [UInt8], at start: Int, in text: Span<UInt8>) -> Bool {
    guard start + secret.count <= text.count else { return false }
    for offset in 0..<secret.count where text[start + offset] != secret[offset] { return false }
    return true
  }
}

/// The short names of requests.
enum ApprovalID {
  /// Without those that are taken for one another: 0 and o; 1, i and l.
  private static let letters = Array("abcdefghjkmnpqrstuvwxyz".utf8)
  private static let digits = Array("23456789".utf8)

  /// A letter and a digit, so that it is never a word or a number, then two of either: 176,824 in all.
  static func random(using generator: inout some RandomNumberGenerator) -> String {
    let all = letters + digits
    let bytes = [letters, digits, all, all].compactMap { $0.randomElement(using: &generator) }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// Looks through a text for what opens a door.
///
/// Two walks: the first finds what has a shape of its own, which also says whose it is; the second finds what only its
/// surroundings tell. Each looks closer only where a byte gives cause to.
struct SecretScan: Sendable {
  /// For a reviewer a placeholder is no credential, or people would learn to look away; of what is recorded nothing
  /// is kept that could be one.
  enum Purpose: Sendable { case review, redaction }

  /// What a byte can be the beginning or the middle of; a bit each.
  enum Role {
    /// Letters, digits and `_`, within which nothing begins.
    static let word: UInt8 = 1
    static let shape: UInt8 = 2
    static let structure: UInt8 = 4
    static let scheme: UInt8 = 8
    /// `:` and `=`.
    static let sign: UInt8 = 16
    static let dash: UInt8 = 32
    /// `\` and `%`, behind which a letter can be the end of an escape.
    static let escape: UInt8 = 64
  }

  let purpose: Purpose
  /// Whether the text is the value of a header or variable whose name speaks of a secret.
  var isNamed = false

  private static let roles: [UInt8] = (0...255).map { role(of: $0) }

  private static func role(of byte: UInt8) -> UInt8 {
    var role: UInt8 = 0
    if byte.isASCIIDigit || byte.isASCIILetter || byte == 0x5F { role |= Role.word }
    if ShapeIndex.all.hasShapes(beginningWith: byte) { role |= Role.shape }
    if byte.isASCIIDigit || "eMNO-~".utf8.contains(byte) { role |= Role.structure }
    if "bBtTaA".utf8.contains(byte) { role |= Role.scheme }
    if byte == 0x3A || byte == 0x3D { role |= Role.sign }
    if byte == 0x2D { role |= Role.dash }
    if byte == 0x5C || byte == 0x25 { role |= Role.escape }
    return role
  }

  /// What the first credential in the text seems to be.
  func kind(in text: Span<UInt8>) -> SecretKind? {
    let roles = Self.roles.span
    return kindByShape(text, roles) ?? kindBySurroundings(text, roles)
  }

  private func kindByShape(_ text: Span<UInt8>, _ roles: Span<UInt8>) -> SecretKind? {
    let shapes = ShapeIndex.all
    var free = Beginnings()
    var barren = 0
    for index in 0..<text.count {
      let role = roles[Int(text[index])]
      defer { free.pass(role, text[index], at: index) }
      guard role & (Role.shape | Role.structure) != 0 else { continue }
      if role & Role.word == 0, let kind = unbound(at: index, text) { return kind }
      guard free.allow(index) else { continue }
      if role & Role.shape != 0,
        let shape = shapes.shape(at: index, in: text, sparingPlaceholders: purpose == .review)
      {
        return shape.kind
      }
      if role & Role.structure != 0, let kind = structure(at: index, text, barren: &barren) { return kind }
    }
    return nil
  }

  private func kindBySurroundings(_ text: Span<UInt8>, _ roles: Span<UInt8>) -> SecretKind? {
    var free = Beginnings()
    for index in 0..<text.count {
      let role = roles[Int(text[index])]
      defer { free.pass(role, text[index], at: index) }
      guard role & (Role.scheme | Role.sign | Role.dash) != 0 else { continue }
      if role & Role.sign != 0 {
        if let kind = addressed(at: index, text) ?? assigned(at: index, text) { return kind }
      } else if free.allow(index) {
        let kind = role & Role.dash != 0 ? optioned(at: index, text) : schemed(at: index, text)
        if let kind { return kind }
      }
    }
    return nil
  }
}

/// Where something can begin: not within a word, but right behind an escape, as in JSON within a string (`\n`) or in an
/// address (`%3D`), whose last letter is none of the word's.
private struct Beginnings {
  private var isInWord = false
  private var escapeEnds = -1

  @inline(__always)
  func allow(_ index: Int) -> Bool { !isInWord || index == escapeEnds }

  @inline(__always)
  mutating func pass(_ role: UInt8, _ byte: UInt8, at index: Int) {
    isInWord = role & SecretScan.Role.word != 0
    if role & SecretScan.Role.escape != 0 { escapeEnds = index &+ (byte == 0x25 ? 3 : 2) }
  }
}

/// Whether a text holds anything that looks like a credential, in doubt yes: what is to be kept out of a record.
package func holdsSecret(_ text: Span<UInt8>) -> Bool { SecretScan(purpose: .redaction).kind(in: text) != nil }

/// Whether a value's letters are those of a token that a machine made.
package func looksRandom(_ value: [UInt8]) -> Bool { Randomness(value).isToken }

/// Looks through a text for what opens a door.
///
/// Two walks: the first finds what has a shape of its own, which also says whose it is; the second finds what only its
/// surroundings tell. Each looks closer only where a byte gives cause to.
struct SecretScan: Sendable {
  /// For a reviewer a placeholder is no credential, or people would learn to look away; of what is recorded nothing
  /// is kept that could be one.
  enum Purpose: Sendable { case review, redaction }

  /// What a byte can be the beginning or the middle of.
  struct Role: OptionSet, Sendable {
    let rawValue: UInt8

    /// Letters, digits and `_`, within which nothing begins.
    static let word = Role(rawValue: 1)
    static let shape = Role(rawValue: 2)
    static let structure = Role(rawValue: 4)
    static let scheme = Role(rawValue: 8)
    /// `:` and `=`.
    static let sign = Role(rawValue: 16)
    static let dash = Role(rawValue: 32)
  }

  let purpose: Purpose
  /// Whether the text is the value of a header or variable whose name speaks of a secret.
  var isNamed = false

  private static let roles: [Role] = (0...255).map { role(of: $0) }

  private static func role(of byte: UInt8) -> Role {
    var role = Role()
    if isDigit(byte) || isASCIILetter(byte) || byte == 0x5F { role.insert(.word) }
    if ShapeIndex.all.hasShapes(beginningWith: byte) { role.insert(.shape) }
    if isDigit(byte) || "eMNO-~".utf8.contains(byte) { role.insert(.structure) }
    if "bBtTaA".utf8.contains(byte) { role.insert(.scheme) }
    if byte == 0x3A || byte == 0x3D { role.insert(.sign) }
    if byte == 0x2D { role.insert(.dash) }
    return role
  }

  /// What the first credential in the text seems to be.
  func kind(in text: Span<UInt8>) -> SecretKind? {
    let roles = Self.roles
    return kindByShape(text, roles) ?? kindBySurroundings(text, roles)
  }

  private func kindByShape(_ text: Span<UInt8>, _ roles: [Role]) -> SecretKind? {
    let shapes = ShapeIndex.all
    var previous = Role()
    var barren = 0
    for index in 0..<text.count {
      let role = roles[Int(text[index])]
      defer { previous = role }
      guard !role.isDisjoint(with: [.shape, .structure]) else { continue }
      if !role.contains(.word), let kind = unbound(at: index, text) { return kind }
      guard !previous.contains(.word) || followsEscape(index, text) else { continue }
      if role.contains(.shape),
        let shape = shapes.shape(at: index, in: text, sparingPlaceholders: purpose == .review)
      {
        return shape.kind
      }
      if role.contains(.structure), let kind = structure(at: index, text, barren: &barren) { return kind }
    }
    return nil
  }

  private func kindBySurroundings(_ text: Span<UInt8>, _ roles: [Role]) -> SecretKind? {
    var previous = Role()
    for index in 0..<text.count {
      let role = roles[Int(text[index])]
      defer { previous = role }
      guard !role.isDisjoint(with: [.scheme, .sign, .dash]) else { continue }
      if role.contains(.sign) {
        if let kind = addressed(at: index, text) ?? assigned(at: index, text) { return kind }
      } else if !previous.contains(.word) || followsEscape(index, text) {
        let kind = role.contains(.dash) ? optioned(at: index, text) : schemed(at: index, text)
        if let kind { return kind }
      }
    }
    return nil
  }

  /// Whether the letter before is the end of an escape, as in JSON within a string (`\n`) or in an address (`%3D`).
  private func followsEscape(_ index: Int, _ text: Span<UInt8>) -> Bool {
    if index >= 2, text[index - 2] == 0x5C { return true }
    return index >= 3 && text[index - 3] == 0x25
  }
}

/// Whether a text holds anything that looks like a credential, in doubt yes: what is to be kept out of a record.
package func holdsSecret(_ text: Span<UInt8>) -> Bool { SecretScan(purpose: .redaction).kind(in: text) != nil }

/// Whether a value's letters are those of a token that a machine made.
package func looksRandom(_ value: [UInt8]) -> Bool { Randomness(value).isToken }

/// Looks through a text for what opens a door.
///
/// What is found has a shape of its own, which also says whose it is, or else only its surroundings tell. One walk finds
/// both; it passes over what a sieve finds dull, else goes sixteen bytes at a time, and looks closer only where a byte
/// gives cause to.
struct SecretScan: Sendable {
  /// For a reviewer a placeholder is no credential, or people would learn to look away; of what is recorded nothing
  /// is kept that could be one.
  enum Purpose: Sendable { case review, redaction }

  let purpose: Purpose
  /// Whether the text is the value of a header or variable whose name speaks of a secret.
  var isNamed = false

  /// What the first credential in the text seems to be; one with a shape before all others.
  func kind(in text: Span<UInt8>) -> SecretKind? {
    var walk = Walk()
    var sieve = SecretSieve()
    var start = 0
    while start < text.count {
      while sieve.isDull(text, at: start) || SecretSieve.isInsideWord(text, at: start) { start &+= SecretSieve.size }
      if look(from: start, text, &walk) { return walk.kind }
      start &+= SecretSieve.size
    }
    return walk.kind
  }

  /// Looks at what the sieve would pass over at once.
  private func look(from beginning: Int, _ text: Span<UInt8>, _ walk: inout Walk) -> Bool {
    var marks = BeginningMarks()
    // What stands before may make a byte a beginning, or none.
    if beginning > 0 { _ = marks.next(TextBlock(text, at: beginning &- 16)) }
    var start = beginning
    let end = min(beginning &+ SecretSieve.size, text.count)
    while start < end {
      var (lower, upper) = marks.next(TextBlock(text, at: start))
      while let place = lower.next() { if look(at: start &+ place, lower, text, &walk) { return true } }
      while let place = upper.next() { if look(at: start &+ 8 &+ place, upper, text, &walk) { return true } }
      start &+= 16
    }
    return false
  }

  /// What one walk knows.
  private struct Walk {
    let beginnings = SecretBeginnings.all
    /// Where the Base64 ends in which no web token was found.
    var barren = 0
    var kind: SecretKind?
  }

  /// Whether the walk can end: with a shape, or with anything where only that there is something counts.
  @inline(__always)
  private func look(at index: Int, _ marks: Marks, _ text: Span<UInt8>, _ walk: inout Walk) -> Bool {
    if marks.isWord {
      guard walk.beginnings.hasSome(at: index, in: text) else { return false }
      return lookAtWord(index, text, &walk)
    }
    return lookAtSign(index, isFree: marks.isFree, text, &walk)
  }

  @inline(never)
  private func lookAtWord(_ index: Int, _ text: Span<UInt8>, _ walk: inout Walk) -> Bool {
    let shape = walk.beginnings.shape(at: index, in: text, sparingPlaceholders: purpose == .review)
    if let kind = shape?.kind ?? structure(at: index, text, barren: &walk.barren) {
      walk.kind = kind
      return true
    }
    return walk.kind == nil && found(schemed(at: index, text), &walk)
  }

  @inline(never)
  private func lookAtSign(_ index: Int, isFree: Bool, _ text: Span<UInt8>, _ walk: inout Walk) -> Bool {
    switch text[index] {
    case 0x3A, 0x3D: return walk.kind == nil && found(addressed(at: index, text) ?? assigned(at: index, text), &walk)
    default:
      if let kind = unbound(at: index, text) {
        walk.kind = kind
        return true
      }
      guard isFree, text[index] == 0x2D, walk.kind == nil else { return false }
      return found(optioned(at: index, text), &walk)
    }
  }

  /// A reviewer is told of a shape further on, if there is one.
  private func found(_ kind: SecretKind?, _ walk: inout Walk) -> Bool {
    walk.kind = kind
    return kind != nil && purpose == .redaction
  }
}

/// Whether a text holds anything that looks like a credential, in doubt yes: what is to be kept out of a record.
package func holdsSecret(_ text: Span<UInt8>) -> Bool { SecretScan(purpose: .redaction).kind(in: text) != nil }

/// Whether a value's letters are those of a token that a machine made.
package func looksRandom(_ value: [UInt8]) -> Bool { Randomness(value).isToken }

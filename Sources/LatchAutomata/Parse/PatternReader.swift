/// A place in a pattern's scalars.
struct PatternReader: Sendable {
  let scalars: [Unicode.Scalar]
  var index = 0

  init(_ text: String) {
    scalars = Array(text.unicodeScalars)
  }

  var next: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

  func peek(_ distance: Int) -> Unicode.Scalar? {
    index + distance < scalars.count ? scalars[index + distance] : nil
  }

  func starts(with text: String) -> Bool {
    var place = index
    for scalar in text.unicodeScalars {
      guard place < scalars.count, scalars[place] == scalar else { return false }
      place += 1
    }
    return true
  }

  /// Goes past the text, which is ASCII, if it comes next.
  mutating func take(_ text: String) -> Bool {
    guard starts(with: text) else { return false }
    index += text.utf8.count
    return true
  }

  mutating func takeScalar() -> Unicode.Scalar? {
    guard let scalar = next else { return nil }
    index += 1
    return scalar
  }

  /// Goes past scalars as long as they are wanted, and returns them.
  mutating func takeText(while wanted: (Unicode.Scalar) -> Bool) -> String {
    var text = String.UnicodeScalarView()
    while let scalar = next, wanted(scalar) {
      text.append(scalar)
      index += 1
    }
    return String(text)
  }

  /// A decimal number; those over a thousand million are as good as each other.
  mutating func takeNumber() -> Int? {
    let digits = takeText { ("0"..."9").contains($0) }
    guard !digits.isEmpty else { return nil }
    return Int(digits).map { min($0, 1_000_000_000) } ?? 1_000_000_000
  }

  /// A hexadecimal number of exactly so many digits.
  mutating func takeHex(digits: Int) -> UInt32? {
    let text = scalars[index...].prefix(digits)
    guard text.count == digits, text.allSatisfy(\.isHexDigit) else { return nil }
    index += digits
    return UInt32(String(String.UnicodeScalarView(text)), radix: 16)
  }

  /// An error at a place, the present one if none is given.
  func error(_ message: String, at place: Int? = nil) -> PatternError {
    error(.syntax, message, at: place)
  }

  func error(_ kind: PatternError.Kind, _ message: String, at place: Int? = nil) -> PatternError {
    let offset = scalars.prefix(place ?? index).reduce(0) { $0 + UTF8.width($1) }
    return PatternError(kind, message, at: offset)
  }
}

extension Unicode.Scalar {
  var isHexDigit: Bool { isASCIIDigit || ("a"..."f").contains(self) || ("A"..."F").contains(self) }

  var isASCIIDigit: Bool { ("0"..."9").contains(self) }

  var isASCIILetter: Bool { ("a"..."z").contains(self) || ("A"..."Z").contains(self) }

  var isASCIIWord: Bool { isASCIIDigit || isASCIILetter || self == "_" }
}

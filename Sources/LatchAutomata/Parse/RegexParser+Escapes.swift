extension RegexParser {
  /// What `\` and the scalars after it stand for.
  enum Escape {
    case scalar(UInt32)
    case set(ScalarSet)
    case position(TextPosition)
    /// Something valid that ``refuse(_:at:)`` has noted.
    case refused

    var isScalar: Bool {
      if case .scalar = self { true } else { false }
    }
  }

  /// An escape outside a class.
  mutating func escape() throws(PatternError) -> Pattern {
    switch try readEscape(inClass: false) {
    case .scalar(let value): .scalars(folded(ScalarSet(value)))
    case .set(let set): .scalars(set)
    case .position(let position): .position(position)
    case .refused: .empty
    }
  }

  mutating func readEscape(inClass: Bool) throws(PatternError) -> Escape {
    let start = reader.index
    reader.index += 1
    guard let scalar = reader.takeScalar() else { throw reader.error("the pattern ends in `\\`", at: start) }
    if let escape = try commonEscape(scalar) { return escape }
    switch dialect {
    case .re2: return try re2Escape(scalar, start, inClass: inClass)
    case .ecma: return try ecmaEscape(scalar, start, inClass: inClass)
    }
  }

  /// Those that mean the same in both dialects.
  private mutating func commonEscape(_ scalar: Unicode.Scalar) throws(PatternError) -> Escape? {
    switch scalar {
    case "d": .set(.digits)
    case "D": .set(ScalarSet.digits.complement)
    case "w": .set(folded(.word))
    case "W": .set(folded(.word).complement)
    case "s": .set(dialect == .ecma ? .ecmaSpace : .re2Space)
    case "S": .set((dialect == .ecma ? ScalarSet.ecmaSpace : .re2Space).complement)
    case "p", "P": .set(try property(isNegated: scalar == "P"))
    case "f": .scalar(0x0C)
    case "n": .scalar(0x0A)
    case "r": .scalar(0x0D)
    case "t": .scalar(0x09)
    case "v": .scalar(0x0B)
    default: nil
    }
  }

  private mutating func re2Escape(
    _ scalar: Unicode.Scalar, _ start: Int, inClass: Bool
  ) throws(PatternError) -> Escape {
    switch scalar {
    case "a": return .scalar(0x07)
    case "b" where !inClass: return .position(.wordBoundary)
    case "B" where !inClass: return .position(.notWordBoundary)
    case "A" where !inClass: return .position(.textStart)
    case "z" where !inClass: return .position(.textEnd)
    case "x": return .scalar(try re2Hex(start))
    case "0": return .scalar(octal(after: 0, digits: 2))
    case "1"..."7":
      if let next = reader.next, ("0"..."7").contains(next) {
        return .scalar(octal(after: scalar.value - 48, digits: 2))
      }
      throw reader.error(.unsupported, "back-references cannot be compiled to an automaton", at: start)
    case "C": throw reader.error(.unsupported, "`\\C` (any byte) cannot be compiled", at: start)
    default:
      guard scalar.isASCII, !scalar.isASCIIWord || scalar == "_" else { throw unknownEscape(scalar, start) }
      return .scalar(scalar.value)
    }
  }

  private func unknownEscape(_ scalar: Unicode.Scalar, _ start: Int) -> PatternError {
    reader.error("unknown escape `\\\(scalar)`", at: start)
  }

  private mutating func octal(after first: UInt32, digits: Int) -> UInt32 {
    var value = first
    for _ in 0..<digits {
      guard let next = reader.next, ("0"..."7").contains(next) else { break }
      value = value * 8 + next.value - 48
      reader.index += 1
    }
    return value
  }

  private mutating func re2Hex(_ start: Int) throws(PatternError) -> UInt32 {
    if let value = reader.takeHex(digits: 2) { return value }
    return try bracedHex(start)
  }

  /// `{` hexadecimal digits `}`.
  private mutating func bracedHex(_ start: Int) throws(PatternError) -> UInt32 {
    if reader.take("{") {
      let digits = reader.takeText(while: \.isHexDigit).drop { $0 == "0" }
      let isThere = reader.scalars[reader.index - 1].isHexDigit
      if isThere, digits.utf8.count <= 6, reader.take("}") {
        let value = UInt32(digits, radix: 16) ?? 0
        if value <= 0x10FFFF { return value }
      }
    }
    throw reader.error("bad hexadecimal escape", at: start)
  }

  private mutating func ecmaEscape(
    _ scalar: Unicode.Scalar, _ start: Int, inClass: Bool
  ) throws(PatternError) -> Escape {
    switch scalar {
    case "b": return inClass ? .scalar(0x08) : .position(.wordBoundary)
    case "B" where !inClass: return .position(.notWordBoundary)
    case "-" where inClass: return .scalar(scalar.value)
    case "c":
      guard let letter = reader.takeScalar(), letter.isASCIILetter else { throw unknownEscape(scalar, start) }
      return .scalar(letter.value % 32)
    case "x":
      guard let value = reader.takeHex(digits: 2) else { throw reader.error("bad hexadecimal escape", at: start) }
      return .scalar(value)
    case "u": return .scalar(try ecmaUnicode(start))
    case "0":
      if reader.next?.isASCIIDigit != true { return .scalar(0) }
      throw unknownEscape(scalar, start)
    case "1"..."9" where !inClass:
      reader.index -= 1
      groups.refer(to: reader.takeNumber() ?? 0, at: start)
    case "k" where !inClass:
      guard reader.take("<") else { throw unknownEscape(scalar, start) }
      groups.refer(to: try groupName(), at: start)
    default:
      guard isIdentityEscape(scalar) else { throw unknownEscape(scalar, start) }
      return .scalar(scalar.value)
    }
    refuse("a back-reference", at: start)
    return .refused
  }

  /// Syntax characters may be escaped. So, unless strictness is asked for, may other punctuation: schemas in use have
  /// `\"` and `\-`, which all engines without the `u` flag read as the character itself.
  private func isIdentityEscape(_ scalar: Unicode.Scalar) -> Bool {
    "^$\\.*+?()[]{}|/".unicodeScalars.contains(scalar)
      || (!isStrict && scalar.isASCII && scalar.value > 0x20 && scalar.value != 0x7F && !scalar.isASCIIWord)
  }

  /// What follows `\u`: four digits, a pair of surrogates, or digits in braces.
  private mutating func ecmaUnicode(_ start: Int) throws(PatternError) -> UInt32 {
    guard let high = reader.takeHex(digits: 4) else { return try bracedHex(start) }
    guard (0xD800...0xDBFF).contains(high), reader.starts(with: "\\u") else { return high }
    var ahead = reader
    ahead.index += 2
    guard let low = ahead.takeHex(digits: 4), (0xDC00...0xDFFF).contains(low) else { return high }
    reader = ahead
    return 0x10000 + (high - 0xD800) << 10 + (low - 0xDC00)
  }
}

extension UInt8 {
  var isASCIIDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }

  var isHexDigit: Bool { isASCIIDigit || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(asciiLowercased) }

  var asciiLowercased: UInt8 { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) ? self + 32 : self }

  /// Whether a host's label may have it.
  var isOfLabel: Bool {
    isASCIIDigit || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(asciiLowercased) || self == UInt8(ascii: "-")
      || self == UInt8(ascii: "_")
  }
}

extension Collection<UInt8> {
  func firstOffset(where isWanted: (UInt8) -> Bool) -> Int? {
    enumerated().first { isWanted($0.element) }?.offset
  }
}

/// URI templates (RFC 6570), by their grammar.
extension TextBytes {
  var isURITemplate: Bool {
    var index = 0
    while index < count {
      if self[index] == UInt8(ascii: "{") {
        guard let length = from(index).firstIndex(of: UInt8(ascii: "}")),
          self[(index + 1)..<(index + length)].isExpression
        else { return false }
        index += length + 1
      } else {
        guard let length = literalLength(at: index) else { return false }
        index += length
      }
    }
    return true
  }

  /// The length of the literal that begins at `index`: a character, or a percent-encoded one.
  private func literalLength(at index: Int) -> Int? {
    let byte = self[index]
    if byte == UInt8(ascii: "%") { return isPercentEncoded(at: index) ? 3 : nil }
    if byte >= 0x80 {
      guard let (scalar, length) = scalar(at: index), scalar >= 0xA0, scalar & 0xFFFF < 0xFFFE,
        !(0xFDD0...0xFDEF).contains(scalar)
      else { return nil }
      return length
    }
    let isExcluded = byte <= 0x20 || byte == 0x7F || "\"<>\\^`{|}".utf8.contains(byte)
    return isExcluded ? nil : 1
  }

  private func isPercentEncoded(at index: Int) -> Bool {
    index + 2 < count && self[index + 1].hexadecimalValue != nil && self[index + 2].hexadecimalValue != nil
  }

  private var isExpression: Bool {
    guard !isEmpty else { return false }
    let hasOperator = "+#./;?&=,!@|".utf8.contains(self[0])
    return from(hasOperator ? 1 : 0).allParts(separatedBy: UInt8(ascii: ",")) { $0.isVariable }
  }

  private var isVariable: Bool {
    var name = self
    if let colon = firstIndex(of: UInt8(ascii: ":")) {
      let length = from(colon + 1)
      guard (1...4).contains(length.count), length.allSatisfy(\.isASCIIDigit), length[0] != UInt8(ascii: "0") else {
        return false
      }
      name = upTo(colon)
    } else if !isEmpty, self[count - 1] == UInt8(ascii: "*") {
      name = upTo(count - 1)
    }
    return name.allParts(separatedBy: UInt8(ascii: ".")) { $0.isVariableNamePart }
  }

  private var isVariableNamePart: Bool {
    var index = 0
    while index < count {
      let byte = self[index]
      if byte == UInt8(ascii: "%") {
        guard isPercentEncoded(at: index) else { return false }
        index += 3
      } else {
        guard byte.isASCIILetter || byte.isASCIIDigit || byte == UInt8(ascii: "_") else { return false }
        index += 1
      }
    }
    return !isEmpty
  }
}

/// How large and how deep a text may be before it is refused unread.
package struct JSONLimits: Sendable, Equatable {
  /// No setting goes deeper: everything that walks a tree may then use the stack.
  package static let greatestDepth = 512
  /// No setting goes further: places are 32 bits wide.
  package static let greatestSize = 0x7FFF_FFFF

  package var bytes = 16_777_216
  package var depth = 128

  package init() {}

  package init(bytes: Int, depth: Int) {
    self.bytes = bytes
    self.depth = depth
  }
}

/// Why a text is not the JSON that Latch reads, or a value not the JSON that it writes.
package struct JSONError: Error, Equatable, Sendable {
  package enum Kind: UInt8, Sendable, CaseIterable {
    case byteOrderMark, unexpectedEnd, unexpectedByte, trailingBytes, badLiteral, badNumber, badEscape
    case controlCharacter, invalidUTF8, loneSurrogate, duplicateName, tooDeep, tooLarge
    /// The value is not I-JSON (RFC 7493) and so has no canonical form.
    case notInteroperable
  }

  package var kind: Kind
  /// The byte that is wrong; never beyond the end of the text.
  package var offset: Int
  /// What is wrong and what would be right.
  package var message: String

  package init(_ kind: Kind, at offset: Int, _ message: String) {
    self.kind = kind
    self.offset = offset
    self.message = message
  }
}

extension Automaton {
  /// Whether the bytes are a text of its language: one table step a byte, no allocation.
  package func accepts(_ bytes: some Sequence<UInt8>) -> Bool {
    var state = 0
    for byte in bytes {
      state = Int(transitions[state &* classCount &+ Int(classes[Int(byte)])])
    }
    return accepting[state]
  }

  /// Whether the bytes are a text of its language, for bytes that lie in a buffer.
  package func accepts(_ bytes: Span<UInt8>) -> Bool {
    let classes = classes.span
    // Said once, so that it is not asked of each byte.
    precondition(classes.count == 256, "each byte has a class")
    let transitions = transitions.span
    var state = 0
    for index in bytes.indices {
      state = Int(transitions[state &* classCount &+ Int(classes[Int(bytes[index])])])
    }
    return accepting[state]
  }

  /// Whether the bytes are a text of its language, for bytes that lie in an array.
  package func accepts(_ bytes: [UInt8]) -> Bool {
    accepts(bytes.span)
  }

  /// Whether the bytes with their capitals made small are a text of its language; nil if they are not all ASCII, so that
  /// ``foldedForComparison(_:)`` must be asked. For ASCII it says the same.
  package func accepts(loweringASCII bytes: Span<UInt8>) -> Bool? {
    let classes = classes.span
    let transitions = transitions.span
    var state = 0
    for index in bytes.indices {
      let byte = bytes[index]
      guard byte < 0x80 else { return nil }
      let lowered = byte &- 0x41 < 26 ? byte | 0x20 : byte
      state = Int(transitions[state &* classCount &+ Int(classes[Int(lowered)])])
    }
    return accepting[state]
  }

  /// Whether the text is of its language.
  package func accepts(_ text: String) -> Bool {
    accepts(text.utf8)
  }
}

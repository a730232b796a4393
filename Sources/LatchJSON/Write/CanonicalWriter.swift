extension JSONDocument {
  /// The value in its canonical form (RFC 8785): one spelling for all that mean the same to an I-JSON reader.
  ///
  /// Numbers are the nearest doubles, as the RFC has it; one that is too large for a double is refused.
  package func canonicalBytes(at index: Int = root) throws(JSONError) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(place(index).count)
    try appendCanonical(index, to: &output)
    return output
  }

  private func appendCanonical(_ index: Int, to output: inout [UInt8]) throws(JSONError) {
    switch kind(index) {
    case .null: output.append(contentsOf: "null".utf8)
    case .true: output.append(contentsOf: "true".utf8)
    case .false: output.append(contentsOf: "false".utf8)
    case .number: output.append(contentsOf: try canonicalNumber(index).utf8)
    case .string: appendQuoted(content(index), to: &output)
    case .array:
      output.append(0x5B)
      var isFirst = true
      for child in children(of: index) {
        if !isFirst { output.append(0x2C) }
        isFirst = false
        try appendCanonical(child, to: &output)
      }
      output.append(0x5D)
    case .object: try appendCanonicalMembers(of: index, to: &output)
    }
  }

  private func appendCanonicalMembers(of index: Int, to output: inout [UInt8]) throws(JSONError) {
    let names = children(of: index).sorted { precedesAsUTF16(content($0), content($1)) }
    output.append(0x7B)
    for (position, name) in names.enumerated() {
      if position > 0 {
        output.append(0x2C)
        guard !content(names[position - 1]).elementsEqual(content(name)) else {
          throw JSONError(.duplicateName, at: place(name).lowerBound, "every name stands once in an object")
        }
      }
      appendQuoted(content(name), to: &output)
      output.append(0x3A)
      try appendCanonical(name + 1, to: &output)
    }
    output.append(0x7D)
  }

  private func canonicalNumber(_ index: Int) throws(JSONError) -> String {
    let lexeme = string(index)
    guard DecimalNumber.isNumber(content(index)), let number = Double(lexeme), number.isFinite else {
      throw JSONError(
        .notInteroperable, at: place(index).lowerBound, "`\(lexeme)` is not a number that a double can hold")
    }
    return ECMAScriptNumber.format(number)
  }
}

/// Order by UTF-16 code units of text given as UTF-8: as bytes, but U+10000 and above sort before U+E000 to U+FFFF.
func precedesAsUTF16(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) -> Bool {
  func rank(_ byte: UInt8) -> UInt8 {
    switch byte {
    case 0xEE, 0xEF: byte + 5
    case 0xF0...0xF4: byte - 2
    default: byte
    }
  }
  return left.lexicographicallyPrecedes(right) { rank($0) < rank($1) }
}

extension JSONValue {
  /// The value in its canonical form (RFC 8785); an error's offset says nothing.
  package func canonicalBytes() throws(JSONError) -> [UInt8] { try document().canonicalBytes() }
}

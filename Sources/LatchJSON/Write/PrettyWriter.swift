extension JSONValue {
  /// The value for people: two-space indentation, a final newline, members in order or sorted by their bytes.
  package func pretty(sorted: Bool) -> String {
    var output: [UInt8] = []
    appendPretty(indentation: 0, sorted: sorted, to: &output)
    output.append(0x0A)
    return String(decoding: output, as: UTF8.self)
  }

  private func appendPretty(indentation: Int, sorted: Bool, to output: inout [UInt8]) {
    switch self {
    case .null: output.append(contentsOf: "null".utf8)
    case .bool(let truth): output.append(contentsOf: String(truth).utf8)
    case .number(let lexeme): output.append(contentsOf: lexeme.utf8)
    case .string(let text): appendQuotedVisibly(text, to: &output)
    case .array(let elements):
      Self.appendBlock("[", elements, "]", indentation: indentation, to: &output) { element, output in
        element.appendPretty(indentation: indentation + 2, sorted: sorted, to: &output)
      }
    case .object(let members):
      let ordered = sorted ? members.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) } : members
      Self.appendBlock("{", ordered, "}", indentation: indentation, to: &output) { member, output in
        appendQuotedVisibly(member.name, to: &output)
        output.append(contentsOf: ": ".utf8)
        member.value.appendPretty(indentation: indentation + 2, sorted: sorted, to: &output)
      }
    }
  }

  /// Brackets around one item a line; nothing between them if there is no item.
  private static func appendBlock<Item>(
    _ opening: Character, _ items: [Item], _ closing: Character, indentation: Int, to output: inout [UInt8],
    write: (Item, inout [UInt8]) -> Void
  ) {
    func breakLine(_ spaces: Int) { output.append(contentsOf: [0x0A] + Array(repeating: 0x20, count: spaces)) }
    output.append(contentsOf: opening.utf8)
    for (position, item) in items.enumerated() {
      if position > 0 { output.append(0x2C) }
      breakLine(indentation + 2)
      write(item, &output)
    }
    if !items.isEmpty { breakLine(indentation) }
    output.append(contentsOf: closing.utf8)
  }
}

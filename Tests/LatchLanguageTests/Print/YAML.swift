import LatchJSON

/// A YAML tree to print.
indirect enum YAML {
  case text(String)
  /// A number, `true`, `false` or `null`, as it stands.
  case word(String)
  case list([YAML])
  case map([(key: String, value: YAML)])

  init(_ value: JSONValue) {
    self =
      switch value {
      case .null: .word("null")
      case .bool(let truth): .word("\(truth)")
      case .number(let lexeme): .word(lexeme)
      case .string(let text): .text(text)
      case .array(let elements): .list(elements.map(YAML.init))
      case .object(let members): .map(members.map { ($0.name, YAML($0.value)) })
      }
  }

  init(_ texts: [String]) { self = .list(texts.map(YAML.text)) }

  /// One text, or a list of several.
  init(oneOrMore texts: [String]) { self = texts.count == 1 ? .text(texts[0]) : YAML(texts) }

  /// Only the keys that are said.
  init(_ members: [(key: String, value: YAML?)]) {
    self = .map(members.compactMap { member in member.value.map { (member.key, $0) } })
  }
}

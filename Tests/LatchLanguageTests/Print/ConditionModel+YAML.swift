import LatchJSON
import LatchPolicy

extension ConditionModel {
  var yaml: YAML { .map(entries.map(\.yaml)) }
}

extension EntryModel {
  fileprivate var yaml: (key: String, value: YAML) {
    switch self {
    case .test(let path, let matcher): (path.text, matcher.yaml)
    case .anywhere(let matcher): ("**", matcher.yaml)
    case .anyOf(let parts): ("any_of", .list(parts.map(\.yaml)))
    case .allOf(let parts): ("all_of", .list(parts.map(\.yaml)))
    case .noneOf(let parts): ("none_of", .list(parts.map(\.yaml)))
    }
  }
}

extension [ArgumentPath.Step] {
  /// `name ( "." name | "[" integer "]" )*`, names of other characters as JSON strings.
  var text: String {
    enumerated().map { position, step in
      switch step {
      case .index(let index): "[\(index)]"
      case .name(let name): (position > 0 ? "." : "") + (Self.isPlain(name) ? name : "\"\(name)\"")
      }
    }.joined()
  }

  private static func isPlain(_ name: String) -> Bool {
    name.unicodeScalars.allSatisfy {
      $0.value >= 0x80 || $0.properties.isAlphabetic || "0123456789_-".unicodeScalars.contains($0)
    }
  }
}

extension MatcherModel {
  fileprivate var yaml: YAML {
    switch self {
    case .value(let operand): operand.yaml
    case .list(let operands): .list(operands.map(\.yaml))
    case .map(let clauses): .map(clauses.map { ($0.name, $0.yaml) })
    }
  }
}

extension ClauseModel {
  /// As an author writes it.
  var name: String {
    switch self {
    case .equals: "equals"
    case .oneOf: "in"
    case .text(let kind, _): kind.rawValue
    case .regex: "regex"
    case .port: "port"
    case .addresses: "ip_in"
    case .bound(let bound, _): bound.rawValue
    case .length: "length"
    case .type: "type"
    case .present: "present"
    case .elements(let quantifier, _): quantifier.rawValue
    case .fields: "fields"
    case .not: "not"
    }
  }

  fileprivate var yaml: YAML {
    switch self {
    case .equals(let operand): operand.yaml
    case .oneOf(let operands): .list(operands.map(\.yaml))
    case .text(_, let operands), .port(let operands), .addresses(let operands): .oneOrMore(operands.map(\.yaml))
    case .regex(let expressions): .oneOrMore(expressions.map { .text($0.source) })
    case .bound(_, let lexeme): .word(lexeme)
    case .length(let least, let most):
      YAML([("min", least.map { .word("\($0)") }), ("max", most.map { .word("\($0)") })])
    case .type(let types): YAML(oneOrMore: types.map(\.rawValue))
    case .present(let isPresent): .word("\(isPresent)")
    case .elements(_, let matcher), .not(let matcher): matcher.yaml
    case .fields(let condition): condition.yaml
    }
  }
}

extension Operand {
  var yaml: YAML {
    switch self {
    case .literal(.string(let text)) where text.utf8.first == UInt8(ascii: "$"): .text("$\(text)")
    case .literal(let value): YAML(value)
    case .below(let base, let rest): .text("${\(base.rawValue)}\(rest)")
    case .named(let name): .text("$\(name)")
    }
  }
}

extension YAML {
  fileprivate static func oneOrMore(_ elements: [YAML]) -> YAML { elements.count == 1 ? elements[0] : .list(elements) }
}

import LatchJSON
import LatchPolicy

extension Inquiry {
  /// The value at a path, or what the schema says that it is where it is not given.
  func find(_ path: [ArgumentPath.Step], from start: Start) -> Found {
    var value = start.value
    var isGiven = true
    var position = 0
    while position < path.count {
      if let next = Self.child(path[position], of: value) {
        value = next
        position += 1
        continue
      }
      guard let (stated, behind) = stated(path, from: start, missing: position, in: value) else { return .missing }
      (value, isGiven, position) = (stated, false, behind)
    }
    return isGiven ? .given(value) : .byDefault(value)
  }

  private static func child(_ step: ArgumentPath.Step, of value: JSONValue) -> JSONValue? {
    switch step {
    case .name(let name): value[name]
    case .index(let index): value.array.flatMap { index < $0.count ? $0[index] : nil }
    }
  }

  /// The default of the first part of the path, from the missing step on, that has one; a default speaks of a member
  /// that an object lacks and never of an element.
  private func stated(
    _ path: [ArgumentPath.Step], from start: Start, missing position: Int, in value: JSONValue
  ) -> (value: JSONValue, behind: Int)? {
    guard value.object != nil else { return nil }
    for end in position..<path.count {
      guard case .name = path[end] else { return nil }
      if let stated = schema(of: start.steps + path[...end])?.stated { return (stated, end + 1) }
    }
    return nil
  }

  private func schema(of steps: [ArgumentPath.Step]) -> SchemaModel? {
    steps.reduce(schema) { schema, step in
      switch step {
      case .name(let name): schema?.property(name)
      case .index: schema?.items.first
      }
    }
  }
}

extension Inquiry {
  /// The operands with each `$name` replaced by what its list holds.
  func resolved(_ operands: [Operand]) -> [Operand] {
    operands.flatMap { operand in
      guard case .named(let name) = operand else { return [operand] }
      return values.first { isSame($0.name, name) }?.elements ?? []
    }
  }

  /// `**`: some string, names included, satisfies the whole matcher; it is never unreadable.
  func askAnywhere(_ matcher: MatcherModel) -> Finding {
    let clauses: [ClauseModel] =
      switch matcher {
      case .value(let operand): [.oneOf([operand])]
      case .list(let operands): [.oneOf(operands)]
      case .map(let clauses): clauses
      }
    let holds = Self.strings(in: arguments).contains { text in
      clauses.allSatisfy { answer(of: $0, about: .string(text)) == .yes }
    }
    // Several are one question, under the first of their names.
    let name = clauses.map { clause in if case .oneOf = clause { "equals" } else { clause.name } }.min() ?? ""
    return Finding(
      answer: Answer(holds), questions: [AskedQuestion(path: "**", matcher: name, answer: Answer(holds))])
  }

  static func strings(in value: JSONValue) -> [String] {
    switch value {
    case .string(let text): [text]
    case .array(let elements): elements.flatMap(strings)
    case .object(let members): members.flatMap { [$0.name] + strings(in: $0.value) }
    default: []
    }
  }
}

import LatchJSON
import LatchPolicy

/// Conditions asked about one call (language.md §5).
struct Inquiry {
  var arguments: JSONValue
  var schema: SchemaModel?
  var values: [ValuesModel]
  var places: PlacesModel

  /// Where the paths of a condition start: the arguments, or an element of an array.
  struct Start {
    var value: JSONValue
    /// From the arguments; that of an element stands for all elements.
    var steps: [ArgumentPath.Step] = []
  }

  /// What stands at a path.
  enum Found {
    case missing
    case given(JSONValue)
    case byDefault(JSONValue)
  }

  /// `denies`: whether the call is let through less the more the condition holds.
  func ask(_ condition: ConditionModel, denies: Bool) -> Finding {
    ask(condition, from: Start(value: arguments), below: [], denies: denies)
  }

  private func ask(
    _ condition: ConditionModel, from start: Start, below path: [ArgumentPath.Step], denies: Bool
  ) -> Finding {
    func ask(_ parts: [ConditionModel], denies: Bool) -> [Finding] {
      parts.map { self.ask($0, from: start, below: path, denies: denies) }
    }
    return .all(
      condition.entries.map { entry in
        switch entry {
        case .test(let steps, let matcher):
          self.ask(matcher, Asked(start: start, path: path + steps, denies: denies))
        case .anywhere(let matcher): askAnywhere(matcher)
        case .anyOf(let parts): .any(ask(parts, denies: denies))
        case .allOf(let parts): .all(ask(parts, denies: denies))
        case .noneOf(let parts): Finding.any(ask(parts, denies: !denies)).negated
        }
      })
  }
}

extension Inquiry {
  /// What a matcher is asked about.
  struct Asked {
    var start: Start
    var path: [ArgumentPath.Step]
    var denies: Bool
    /// Types that `type` beside the matcher asks for.
    var tolerated: Set<JSONType> = []
  }

  private func ask(_ matcher: MatcherModel, _ asked: Asked) -> Finding {
    switch matcher {
    case .value(let operand): return ask(.oneOf([operand]), asked, called: "equals")
    case .list(let operands): return ask(.oneOf(operands), asked, called: "equals")
    case .map(let clauses):
      var asked = asked
      for case .type(let types) in clauses { asked.tolerated.formUnion(types) }
      return .all(clauses.map { ask($0, asked) })
    }
  }

  private func ask(_ clause: ClauseModel, _ asked: Asked) -> Finding {
    switch clause {
    case .not(let matcher):
      var inner = asked
      inner.denies.toggle()
      return ask(matcher, inner).negated
    case .fields(let condition):
      // What is asked about the members starts where the paths of the whole start.
      return .all([
        leaf("fields", asked) { value in value.object != nil ? .yes : .unreadable },
        ask(condition, from: asked.start, below: asked.path, denies: asked.denies),
      ])
    case .elements(let quantifier, let matcher): return askElements(quantifier, matcher, asked)
    case .oneOf: return ask(clause, asked, called: "equals")
    case .text(let kind, let operands) where kind.readsPath: return askPaths(kind, operands, asked)
    default: return ask(clause, asked, called: clause.name)
    }
  }

  private func ask(_ clause: ClauseModel, _ asked: Asked, called name: String) -> Finding {
    if case .present(let isWanted) = clause {
      guard case .given = find(asked.path, from: asked.start) else { return question(name, asked, Answer(!isWanted)) }
      return question(name, asked, Answer(isWanted))
    }
    return leaf(name, asked) { answer(of: clause, about: $0) }
  }

  /// Every element must be readable by all that is asked of it.
  private func askElements(_ quantifier: Quantifier, _ matcher: MatcherModel, _ asked: Asked) -> Finding {
    leaf(quantifier.rawValue, asked) { value in
      guard let elements = value.array else { return .unreadable }
      let findings = elements.map { element in
        ask(
          matcher,
          Asked(
            start: Start(value: element, steps: asked.start.steps + asked.path + [.index(0)]), path: [],
            denies: asked.denies))
      }
      if findings.contains(where: \.isUnreadable) { return .unreadable }
      let held = findings.filter { $0.answer == .yes }.count
      return Answer(quantifier == .any ? held > 0 : held > 0 && held == elements.count)
    }
  }

  /// A path that begins with a directory of the machine is asked about by itself, since that directory may be unknown.
  private func askPaths(_ kind: TextMatcher, _ operands: [Operand], _ asked: Asked) -> Finding {
    let all = resolved(operands)
    return .any(
      PathBase.allCases.compactMap { base in
        let patterns = all.compactMap { $0.rest(below: base) }
        guard !patterns.isEmpty else { return nil }
        let bases = places.directories(of: base)
        return leaf(kind.rawValue, asked) { value in
          guard let text = value.string, let path = PlainPath(text), bases?.isEmpty != true else { return .unreadable }
          return Answer(
            patterns.contains { pattern in
              (bases ?? [""]).contains { path.matches(kind, pattern, below: $0, isFolded: asked.denies) }
            })
        }
      })
  }
}

extension Inquiry {
  private func question(_ name: String, _ asked: Asked, _ answer: Answer) -> Finding {
    Finding(answer: answer, questions: [AskedQuestion(path: asked.path.text, matcher: name, answer: answer)])
  }

  /// A matcher that holds no others, asked about the value if there is one.
  private func leaf(_ name: String, _ asked: Asked, _ answer: (JSONValue) -> Answer) -> Finding {
    switch find(asked.path, from: asked.start) {
    case .missing: return question(name, asked, .no)
    case .byDefault(.null) where !readsAnything(name): return question(name, asked, .no)
    case .given(let value), .byDefault(let value):
      let said = answer(value)
      let isTolerated = !asked.tolerated.isDisjoint(with: value.jsonTypes) && !reads(name, value)
      return question(name, asked, said == .unreadable && isTolerated ? .no : said)
    }
  }

  private func readsAnything(_ name: String) -> Bool { ["equals", "type"].contains(name) }

  /// Whether the matcher reads values of that type; then one of another form is never tolerated.
  private func reads(_ name: String, _ value: JSONValue) -> Bool {
    switch name {
    case "min", "max", "above", "below": if case .number = value { true } else { false }
    case "length": value.string != nil || value.array != nil || value.object != nil
    case "fields": value.object != nil
    case "any", "all": value.array != nil
    default: value.string != nil || readsAnything(name)
    }
  }
}

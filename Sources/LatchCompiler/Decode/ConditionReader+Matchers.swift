import LatchJSON
import LatchPolicy
import LatchSource

extension ConditionReader {
  /// A matcher: a value, a list of values, or a map of matchers that all hold.
  mutating func matcher(_ node: Node, of path: Spanned<ArgumentPath>) -> ConditionDeclaration? {
    switch node.kind {
    case .object: return matchers(node, of: path)
    case .array: return test(path, equality(node.elements), at: node.span)
    default: return test(path, equality([node]), at: node.span)
    }
  }

  private mutating func matchers(_ node: Node, of path: Spanned<ArgumentPath>) -> ConditionDeclaration? {
    let tolerated = node["type"].map(types) ?? []
    var parts: [ConditionDeclaration] = []
    for (key, value) in node.members {
      guard let part = matcher(named: key, value, of: path) else { continue }
      parts.append(part.tolerating(tolerated))
    }
    return ConditionDeclaration(allOf: parts)
  }

  private mutating func matcher(
    named key: Spanned<String>, _ value: Node, of path: Spanned<ArgumentPath>
  ) -> ConditionDeclaration? {
    switch key.value {
    case "not": return matcher(value, of: path).map { .none([$0]) }
    case "fields": return fields(value, of: path)
    case "any": return elements(.any, value, of: path)
    case "all": return elements(.all, value, of: path)
    default: return test(path, plain(key, value), at: value.span)
    }
  }

  /// The matchers that hold no others.
  private mutating func plain(_ key: Spanned<String>, _ value: Node) -> MatcherDeclaration? {
    switch key.value {
    case "equals": return equality([value])
    case "in": return equality(value.elements)
    case "port": return operands(value, forPath: false).map(MatcherDeclaration.port)
    case "ip_in": return operands(value, forPath: false).map(MatcherDeclaration.addresses)
    case "length": return .length(min: value["min"]?.integer, max: value["max"]?.integer)
    case "type": return .type(types(value))
    case "present": return value.bool.map(MatcherDeclaration.present)
    default: break
    }
    if let bound = Bound(rawValue: key.value) { return value.number.map { .bound(bound, $0) } }
    return text(key, value).map { .text([$0]) }
  }

  private mutating func text(_ key: Spanned<String>, _ value: Node) -> TextDemand? {
    guard let kind = TextMatcher(rawValue: key.value) else { return nil }
    return operands(value, forPath: kind.readsPath).map { TextDemand(kind: kind, operands: $0, key: key.span) }
  }

  private mutating func fields(_ value: Node, of path: Spanned<ArgumentPath>) -> ConditionDeclaration? {
    guard let inner = condition(value, below: path.value) else { return nil }
    return .all([.test(ArgumentTest(path: path, matcher: Spanned(.object, value.span))), inner])
  }

  /// The paths inside start at the element.
  private mutating func elements(
    _ quantifier: Quantifier, _ value: Node, of path: Spanned<ArgumentPath>
  ) -> ConditionDeclaration? {
    guard let inner = matcher(value, of: Spanned(ArgumentPath([]), path.span)) else { return nil }
    return test(path, .elements(quantifier, inner), at: value.span)
  }

  private func test(
    _ path: Spanned<ArgumentPath>, _ matcher: MatcherDeclaration?, at span: Span
  ) -> ConditionDeclaration? {
    matcher.map { .test(ArgumentTest(path: path, matcher: Spanned($0, span))) }
  }

  private func types(_ node: Node) -> [JSONType] {
    let wanted = Set(node.strings.compactMap { JSONType(rawValue: $0.value) })
    return JSONType.allCases.filter(wanted.contains)
  }

  // MARK: What is compared with

  private mutating func equality(_ nodes: [Node]) -> MatcherDeclaration? {
    operands(nodes, forPath: false).map(MatcherDeclaration.equals)
  }

  private mutating func operands(_ node: Node, forPath: Bool) -> [Spanned<Operand>]? {
    operands(node.kind == .array ? node.elements : [node], forPath: forPath)
  }

  /// Of what the schemas refused, they have said why.
  private mutating func operands(_ nodes: [Node], forPath: Bool) -> [Spanned<Operand>]? {
    var operands: [Spanned<Operand>] = []
    for node in nodes where node.isWhole {
      let value = Spanned(node.tree.document.value(at: node.index), node.span)
      if let operand = readOperand(value, forPath: forPath, found: &found) {
        operands.append(Spanned(operand, node.span))
      }
    }
    return operands.isEmpty ? nil : operands
  }
}

// MARK: Anywhere

extension ConditionReader {
  /// What stands under `**`: one string must satisfy all of it.
  mutating func anywhere(_ node: Node, at span: Span) -> ConditionDeclaration? {
    let path = Spanned(ArgumentPath.anywhere, span)
    guard node.kind == .object else { return matcher(node, of: path) }
    var demands: [TextDemand] = []
    for (key, value) in node.members {
      switch plain(key, value) {
      case .text(let more) where more.allSatisfy({ $0.kind.readsBytes }): demands += more
      case .equals(let operands) where node.members.count == 1:
        return test(path, .equals(operands), at: value.span)
      default: found.append(.notAnywhere(key))
      }
    }
    return demands.isEmpty ? nil : test(path, .text(demands), at: node.span)
  }
}

extension TextMatcher {
  /// Whether it compares a string as it stands.
  var readsBytes: Bool { [.glob, .regex, .prefix, .suffix, .contains].contains(self) }
}

extension ConditionDeclaration {
  /// The same where values of those types, if the matcher cannot read them, are nothing to refuse the call for.
  fileprivate func tolerating(_ types: [JSONType]) -> ConditionDeclaration {
    guard !types.isEmpty else { return self }
    switch self {
    case .test(var test):
      test.tolerated = JSONType.allCases.filter { types.contains($0) || test.tolerated.contains($0) }
      return .test(test)
    case .none(let parts): return .none(parts.map { $0.tolerating(types) })
    case .all(let parts):
      // Under `fields` only the first is asked of the value itself.
      let own = parts.first?.asksForObject == true ? 1 : parts.count
      return .all(parts.prefix(own).map { $0.tolerating(types) } + parts.dropFirst(own))
    case .any: return self
    }
  }

  private var asksForObject: Bool {
    if case .test(let test) = self, case .object = test.matcher.value { true } else { false }
  }
}

extension Diagnostic {
  fileprivate static func notAnywhere(_ key: Spanned<String>) -> Diagnostic {
    Diagnostic(
      "L1013",
      "`\(key.value)` does not go with `**`, which looks at every string; use `glob`, `regex`, `prefix`, `suffix` or "
        + "`contains`, or a value alone", at: key.span)
  }
}

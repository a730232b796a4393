import LatchJSON
import LatchPolicy
import LatchSource

extension Check {
  /// A condition on an argument that no tool of the rule has can never hold.
  static let argumentPathsExist = Check(
    "L3102", summary: "every condition asks about an argument that a tool of its rule has"
  ) { model in
    model.rules.filter(model.knowsReach).flatMap { rule in
      rule.tests.filter { !$0.path.value.isAnywhere }.compactMap { test in
        missing(test.path, in: schemas(of: rule, in: model))
      }
    }
  }

  /// A matcher that cannot hold for any value that the argument may have.
  static let matchersFitTypes = Check(
    "L3103", summary: "every matcher can hold for a value that the argument may have"
  ) { model in
    model.rules.filter(model.knowsReach).flatMap { rule in
      rule.tests.filter { !$0.path.value.isAnywhere }.flatMap { test in misfits(test, in: schemas(of: rule, in: model))
      }
    }
  }
}

/// The input schemas of the tools that a rule speaks of; nil for a tool whose arguments are not known.
private func schemas(of rule: Rule, in model: Model) -> [JSONValue?] {
  let named = (rule.tools ?? []).filter(\.isLiteral)
  return model.reach(of: rule).map(\.tool).compactMap { tool -> JSONValue?? in
    guard tool.isReserved else { return .some(tool.inputSchema) }
    guard named.contains(where: { $0.matches(tool.name) }) else { return nil }
    return tool.name == "@resources/read" ? .some(resourceArguments) : .some(nil)
  }
}

private let resourceArguments: JSONValue = .object([
  JSONValue.Member(
    "properties",
    .object([JSONValue.Member("uri", .object([JSONValue.Member("type", .string("string"))]))]))
])

private func answer(_ path: ArgumentPath, in schema: JSONValue?) -> SchemaReading.Answer {
  guard let schema else { return .unknown }
  let reading = SchemaReading(root: schema)
  var schemas = [schema]
  for step in path.steps {
    let answer =
      switch step {
      case .name(let name): reading.property(name, of: schemas)
      case .index: reading.element(of: schemas)
      }
    guard case .found(let inner) = answer else { return answer }
    schemas = inner
  }
  return .found(schemas)
}

private func missing(_ path: Spanned<ArgumentPath>, in schemas: [JSONValue?]) -> Diagnostic? {
  var known: [String] = []
  for schema in schemas {
    guard case .missing(let names) = answer(path.value, in: schema) else { return nil }
    known += names
  }
  guard !schemas.isEmpty else { return nil }
  return .unknownArgument(path, known: known)
}

private func misfits(_ test: ArgumentTest, in schemas: [JSONValue?]) -> [Diagnostic] {
  var types: Set<String> = []
  var values: [JSONValue]? = []
  for schema in schemas {
    let reading = SchemaReading(root: schema ?? .null)
    switch answer(test.path.value, in: schema) {
    case .missing: continue
    case .unknown: return []
    case .found(let found):
      guard let more = reading.types(of: found) else { return [] }
      types.formUnion(more)
      if let few = reading.values(of: found) { values? += few } else { values = nil }
    }
  }
  guard !types.isEmpty else { return [] }
  switch test.matcher.value {
  case .text: return types.contains("string") ? [] : [.wrongKind(test, "the matcher reads text", types)]
  case .equals(let operands):
    return operands.compactMap { operand in
      guard let value = operand.value.literal.map({ Spanned($0, operand.span) }) else { return nil }
      guard types.contains(value.value.typeName) else { return .neverEqual(value, types) }
      return values.flatMap { .notAmong(value, $0) }
    }
  default: return []
  }
}

extension Diagnostic {
  fileprivate static func unknownArgument(_ path: Spanned<ArgumentPath>, known: [String]) -> Diagnostic {
    let last = path.value.steps.last { if case .name = $0 { true } else { false } }
    guard case .name(let name)? = last else {
      return Diagnostic("L3102", "no tool of the rule has this argument", at: path.span)
    }
    let near = closest(to: name, among: known)
    let isWhole = path.value.steps.count == 1
    let rest =
      near == nil
      ? "; \(list(Array(Set(known.map { Array($0.utf8) })).map { String(decoding: $0, as: UTF8.self) }, of: "argument"))"
      : didYouMean(near)
    return Diagnostic(
      "L3102", "no tool of the rule has an argument `\(name)`\(rest)", at: path.span,
      fix: isWhole ? near.map { .replace(path.span, with: $0) } : nil)
  }

  fileprivate static func wrongKind(_ test: ArgumentTest, _ what: String, _ types: Set<String>) -> Diagnostic {
    Diagnostic("L3103", "\(what), but the argument is \(inWords(types)); it can never hold", at: test.matcher.span)
  }

  fileprivate static func neverEqual(_ value: Spanned<JSONValue>, _ types: Set<String>) -> Diagnostic {
    Diagnostic(
      "L3103", "the argument is \(inWords(types)), and never equal to \(inWords([value.value.typeName]))",
      at: value.span)
  }

  fileprivate static func notAmong(_ value: Spanned<JSONValue>, _ known: [JSONValue]) -> Diagnostic? {
    guard case .string(let text) = value.value else { return nil }
    let texts = known.compactMap { if case .string(let text) = $0 { text } else { nil } }
    guard !texts.contains(where: { $0.utf8.elementsEqual(text.utf8) }) else { return nil }
    let near = closest(to: text, among: texts)
    let rest = near == nil ? "; \(list(texts, of: "value"))" : didYouMean(near)
    return Diagnostic(
      "L3103", "the argument is never `\(text)`\(rest)", at: value.span,
      fix: near.map { .replace(value.span, with: $0) })
  }
}

private func inWords(_ types: Set<String>) -> String {
  let words = [
    "string": "text", "number": "a number", "boolean": "true or false", "array": "a list", "object": "an object",
  ]
  return types.sorted().map { words[$0] ?? $0 }.joined(separator: " or ")
}

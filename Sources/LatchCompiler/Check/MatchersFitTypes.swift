import LatchJSON
import LatchPolicy
import LatchSource

extension Check {
  /// A matcher that reads no value which the argument may have, or compares with one that it never is.
  static let matchersFitTypes = Check(
    "L3103", summary: "every matcher can hold for a value that the argument may have"
  ) { model in
    var guesses = Guesses()
    var found: [Diagnostic] = []
    for rule in model.typed.rules where rule.rule.declaration.isWhole || rule.rule.declaration.awaitsValues {
      for test in rule.tests where test.hasPlace {
        found += Misfit(test, in: model.typed.held(test, by: rule.tools)).found(model, &guesses)
      }
    }
    return found
  }
}

/// Tools that have an argument, and what it may be.
struct Holder {
  var tools: [TypedTool]
  var argument: FoundArgument

  var values: PossibleValues { argument.values }
}

extension TypedRules {
  /// The tools that have the argument.
  func held(_ test: TypedTest, by tools: [TypedTool]) -> [Holder] {
    answers(to: test, of: tools).compactMap { answer in
      guard case .found(let argument) = answer.argument, !argument.values.types.isEmpty else { return nil }
      return Holder(tools: answer.tools, argument: argument)
    }
  }
}

extension [Holder] {
  var toolNames: [String] { flatMap { $0.tools.map(\.name) } }
}

/// A question, and the tools to be looked at for whether it suits them.
private struct Misfit {
  let test: TypedTest
  let holders: [Holder]

  init(_ test: TypedTest, in holders: [Holder]) {
    self.test = test
    self.holders = holders
  }

  func found(_ model: Model, _ guesses: inout Guesses) -> [Diagnostic] {
    guard !holders.isEmpty else { return [] }
    let readable = PreparedMatcher(test, model.patterns).readable
    let deaf = holders.filter { $0.values.types.isDisjoint(with: readable) }
    if deaf.count == holders.count { return [.wrongKind(test, readable, deaf, isNever: true)] }
    let refusing = deaf.filter { !test.tolerated.isSuperset(of: $0.values.types) }
    if !refusing.isEmpty { return [.wrongKind(test, readable, refusing, isNever: false)] }
    switch test.matcher.value {
    case .equals(let operands): return neverEqual(operands, &guesses)
    case .type(let types) where holders.allSatisfy({ $0.values.types.isDisjoint(with: ValueTypes(types)) }):
      return [.neverOfType(test, types, holders)]
    default: return []
    }
  }

  private func neverEqual(_ operands: [Spanned<Operand>], _ guesses: inout Guesses) -> [Diagnostic] {
    var found: [Diagnostic] = []
    for operand in operands {
      guard let value = operand.value.literal, !holders.contains(where: { $0.values.admits(value) }) else { continue }
      found.append(.neverEqual(Spanned(value, operand.span), test, holders, &guesses))
    }
    return found
  }
}

extension Diagnostic {
  fileprivate static func wrongKind(
    _ test: TypedTest, _ readable: ValueTypes, _ holders: [Holder], isNever: Bool
  ) -> Diagnostic {
    let what =
      "\(test.matcher.value.name) reads \(readable.inWords), but \(subject(test, holders)) is \(types(holders))"
    if isNever { return Diagnostic("L3103", "\(what); it can never hold", at: test.matcher.span) }
    return Diagnostic(
      "L3103", "\(what); every call with it would be refused as unreadable", at: test.matcher.span,
      help:
        "leave \(holders.toolNames.count == 1 ? "the tool" : "these tools") out of the rule, or say with `type:` beside the "
        + "matcher that such values are nothing to refuse")
  }

  fileprivate static func neverOfType(_ test: TypedTest, _ wanted: [JSONType], _ holders: [Holder]) -> Diagnostic {
    Diagnostic(
      "L3103",
      "\(subject(test, holders)) is \(types(holders)), and never of type \(alternatives(wanted.map(\.rawValue)))",
      at: test.matcher.span)
  }

  fileprivate static func neverEqual(
    _ value: Spanned<JSONValue>, _ test: TypedTest, _ holders: [Holder], _ guesses: inout Guesses
  ) -> Diagnostic {
    let type = ValueTypes(of: value.value)
    let subject = subject(test, holders)
    guard holders.contains(where: { $0.values.types.contains(type) }) else {
      return Diagnostic(
        "L3103", "\(subject) is \(types(holders)), and never equal to \(type.inWords)", at: value.span)
    }
    let known = holders.flatMap { $0.values.few[type] ?? [] }
    let near = value.value.string.flatMap { guesses.closest(to: $0, among: known.compactMap(\.string)) }
    let rest = near.map { didYouMean($0) } ?? inWords(known, &guesses)
    return Diagnostic(
      "L3103", "\(subject) is never `\(value.value.shown)`\(rest)", at: value.span,
      fix: near.flatMap { replacement(of: value.span, by: $0) })
  }

  /// What the value may be; nothing after very many that are none of it.
  private static func inWords(_ known: [JSONValue], _ guesses: inout Guesses) -> String {
    if known.isEmpty { return "; its schema excludes it" }
    if guesses.isSpent { return "" }
    guesses.spend(32 * known.count)
    return "; \(list(distinct(known.map(\.shown)), of: "value"))"
  }

  private static func replacement(of span: Span, by text: String) -> Fix? {
    // A dollar sign begins the name of a list.
    text.hasPrefix("$") ? nil : .replace(span, with: isPlain(text) ? text : singleQuoted(text))
  }

  private static func types(_ holders: [Holder]) -> String {
    holders.reduce(into: ValueTypes()) { $0.formUnion($1.values.types) }.inWords
  }
}

/// `mode` of `write_file`.
func subject(_ test: TypedTest, _ holders: [Holder]) -> String {
  "\(test.route.inWords) of \(inWords(holders.toolNames))"
}

import LatchJSON
import LatchPolicy
import LatchSource

extension Check {
  /// What a call leaves out no matcher sees, but the server puts something in its place.
  static let omissionsDoNotEscape = Check(
    "L3118", summary: "no deny is escaped by leaving out an argument"
  ) { model in
    // Another rule may catch what escapes this one.
    guard !model.unread.contains(.definitions) else { return [] }
    let omissions = Omissions(model)
    return model.typed.rules.filter(\.denies).flatMap { rule in
      firstOfEachPlace(rule.tests.filter { isTelling($0.matcher.value) }).compactMap { test in
        let tools = omissions.tools(withWhich: test, isLeftOutOf: rule)
        return tools.isEmpty ? nil : .escaped(test, rule, tools)
      }
    }
  }
}

/// What becomes of calls that leave arguments out.
private struct Omissions {
  private let model: Model
  /// By place: the tools of rules that deny, ask about it, and may match where nothing is there.
  private var caught: [Int: Set<Int>] = [:]
  /// By rule that denies: the places without which it does not match.
  private var needed: [Int: Set<Int>] = [:]

  init(_ model: Model) {
    self.model = model
    for rule in model.typed.rules where rule.denies {
      let needed = rule.neededPlaces
      self.needed[rule.rule.index] = needed
      for place in Set(rule.tests.filter(\.hasPlace).map(\.place)).subtracting(needed) {
        caught[place, default: []].formUnion(rule.tools.map(\.number))
      }
    }
  }

  /// The tools for which a rule does not speak where the argument is left out, though something lets the call through.
  func tools(withWhich test: TypedTest, isLeftOutOf rule: TypedRule) -> [TypedTool] {
    guard !isHarmlessWhenLeftOut(test), needed[rule.rule.index]?.contains(test.place) == true else { return [] }
    let optional = model.typed.held(test, by: rule.tools).filter { holder in
      holder.argument.isNamed && !holder.argument.isRequired && holder.argument.fallback == nil
    }
    let caught = caught[test.place] ?? []
    return optional.flatMap(\.tools).filter { !caught.contains($0.number) && isLetThrough($0) }
  }

  /// Whether anything would let a call through if no rule denied it.
  private func isLetThrough(_ tool: TypedTool) -> Bool {
    let (upstream, number) = model.typed.place(of: tool)
    let defaults = model.settings.defaults
    let actionClass = model.upstreams[upstream].tools[number].effectiveClass
    if (defaults.classes[actionClass] ?? defaults.effect) != .deny { return true }
    return model.reach.voices[upstream][number].contains { voice in model.rules[voice.rule].letsThrough }
  }
}

extension Rule {
  fileprivate var letsThrough: Bool { isActive && !declaration.isGuardrail && effect != .deny }
}

extension TypedRule {
  fileprivate var denies: Bool { rule.isActive && (rule.effect == .deny || rule.declaration.isGuardrail) }

  /// The places that a call must not leave out for the rule to match, as far as that can be told.
  fileprivate var neededPlaces: Set<Int> {
    let withoutIt = { (test: TypedTest) -> Bool? in
      guard test.hasPlace else { return nil }
      if case .present(let isWanted) = test.matcher.value { return !isWanted }
      return false
    }
    let needed = (when?.truths(withoutIt) ?? [:]).filter { !$0.value }.keys
    let excluded = (unless?.truths(withoutIt) ?? [:]).filter(\.value).keys
    return Set(needed).union(excluded)
  }
}

/// An absent flag is false, and an absent list is empty.
private func isHarmlessWhenLeftOut(_ test: TypedTest) -> Bool {
  if test.route.steps.contains(where: { if case .name = $0 { false } else { true } }) { return true }
  guard case .equals(let operands) = test.matcher.value else { return false }
  return operands.allSatisfy { $0.value.literal?.bool == true }
}

/// Whether a matcher is about what the server would do: not about what a text holds somewhere, or what type it is.
private func isTelling(_ matcher: MatcherDeclaration) -> Bool {
  switch matcher {
  case .equals, .bound, .port, .addresses: true
  case .text(let demands): demands.allSatisfy { ![.contains, .regex].contains($0.kind) }
  case .length, .type, .present, .object, .elements: false
  }
}

private func firstOfEachPlace(_ tests: [TypedTest]) -> [TypedTest] {
  var seen: Set<Int> = []
  return tests.filter { $0.hasPlace && seen.insert($0.place).inserted }
}

extension Diagnostic {
  fileprivate static func escaped(_ test: TypedTest, _ rule: TypedRule, _ tools: [TypedTool]) -> Diagnostic {
    Diagnostic(
      "L3118", .warning,
      "\(test.route.inWords) of \(inWords(tools.map(\.name))) can be left out, and then this \(rule.rule.kind) does not "
        + "speak, whatever the server puts in its place",
      at: test.path.span,
      help: "deny calls without it, too: `any_of` with `{ present: false }` beside this")
  }
}

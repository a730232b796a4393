import LatchJSON
import LatchPolicy
import LatchSource

extension Check {
  /// What a command or a program does cannot be told from how its text looks.
  static let textCarriesNoCommand = Check(
    "L3117", summary: "no allow of `execute` or above rests on text patterns alone"
  ) { model in
    model.typed.rules.filter { $0.rule.isActive && $0.rule.effect == .allow && !$0.rule.declaration.isGuardrail }
      .compactMap { rule in
        guard let test = rule.soleTexts(model)?.first else { return nil }
        let tools = model.reach(of: rule.rule).filter {
          $0.tool.effectiveClass >= .execute && !isHeldBack($0, in: model)
        }
        guard let first = tools.first else { return nil }
        return .restsOnText(test, rule.rule, tools.map(\.tool.name), first.tool.effectiveClass)
      }
  }
}

extension TypedRule {
  /// The text matchers that it rests on, if on nothing else.
  fileprivate func soleTexts(_ model: Model) -> [TypedTest]? {
    let parts = [when, unless].compactMap(\.self)
    let texts = parts.compactMap { $0.soleTexts { isText($0, model) } }
    return texts.count == parts.count ? texts.flatMap(\.self) : nil
  }

  /// Whether a text matcher is all that stands between a call and its text; not where the text is one of a few.
  private func isText(_ test: TypedTest, _ model: Model) -> Bool {
    guard case .text(let demands) = test.matcher.value, demands.allSatisfy(\.kind.readsBytes) else { return false }
    return model.typed.held(test, by: tools).allSatisfy { $0.values.few[.string] == nil }
  }
}

extension TypedCondition {
  /// The text matchers that it rests on, if on nothing else.
  fileprivate func soleTexts(_ isText: (TypedTest) -> Bool) -> [TypedTest]? {
    switch self {
    case .all(let parts), .none(let parts):
      let texts = parts.compactMap { $0.soleTexts(isText) }
      return texts.count == parts.count ? texts.flatMap(\.self) : nil
    case .any(let parts):
      return parts.compactMap { $0.soleTexts(isText) }.first
    case .test(let test):
      if let inner = test.inner { return inner.soleTexts(isText) }
      return isText(test) ? [test] : nil
    }
  }
}

extension Diagnostic {
  fileprivate static func restsOnText(
    _ test: TypedTest, _ rule: Rule, _ tools: [String], _ actionClass: ActionClass
  ) -> Diagnostic {
    Diagnostic(
      "L3117", .warning,
      "rule `\(rule.id)` allows \(inWords(tools)) (class `\(actionClass.rawValue)` or above) by the look of a text alone; "
        + "what such a call does cannot be told from it",
      at: test.matcher.span,
      help: "name what is allowed value by value, ask with `require_approval`, or say of which `class` the tool is")
  }
}

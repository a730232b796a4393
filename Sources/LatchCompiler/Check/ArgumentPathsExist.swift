import LatchJSON
import LatchPolicy
import LatchSource

extension Check {
  /// A condition on an argument that no tool of the rule has, or that a tool which the rule names lacks, so that the
  /// condition can never hold for it. Tools that a glob or a class selects may lack it: there the rule does not match.
  static let argumentPathsExist = Check(
    "L3102", summary: "every condition asks about an argument that the tools of its rule have"
  ) { model in
    model.typed.rules.flatMap { rule in
      rule.tests.filter(\.hasPlace).compactMap { missing($0, of: rule, in: model) }
    }
  }
}

/// Tools without the argument.
private struct Lack {
  var tools: [TypedTool]
  var missing: MissingArgument
}

private func missing(_ test: TypedTest, of rule: TypedRule, in model: Model) -> Diagnostic? {
  let answers = model.typed.answers(to: test, of: rule.tools)
  let lacks = answers.compactMap { answer -> Lack? in
    guard case .missing(let missing) = answer.argument else { return nil }
    return Lack(tools: answer.tools, missing: missing)
  }
  if lacks.count == answers.count, !isOfResources(test, rule, in: model) {
    return .unknownArgument(test, lacks, isNowhere: true, in: model)
  }
  let hopeless = lacks.compactMap { lack -> Lack? in
    let tools = lack.tools.filter { $0.isNamed && rule.isHopeless(for: $0, in: model) }
    return tools.isEmpty ? nil : Lack(tools: tools, missing: lack.missing)
  }
  return .unknownArgument(test, hopeless, isNowhere: false, in: model)
}

/// A rule without a tool's name speaks of `@resources/read` too, which has a `uri`.
private func isOfResources(_ test: TypedTest, _ rule: TypedRule, in model: Model) -> Bool {
  guard case .name(let name)? = test.route.steps.first, name.utf8.elementsEqual("uri".utf8) else { return false }
  return model.reach(of: rule.rule).contains { $0.tool.name == "@resources/read" }
}

extension TypedRule {
  /// Whether `when` can never hold for a tool because of the arguments that it lacks.
  fileprivate func isHopeless(for tool: TypedTool, in model: Model) -> Bool {
    when?.truth { truth(of: $0, for: tool, in: model) } == false
  }

  private func truth(of test: TypedTest, for tool: TypedTool, in model: Model) -> Bool? {
    guard test.hasPlace else { return nil }
    if case .missing(let missing) = model.typed[test, tool] {
      // A text in the place of an object is another mistake.
      if missing.container != nil { return nil }
      if case .present(false) = test.matcher.value { return true }
      return false
    }
    let inner = test.inner?.truth { truth(of: $0, for: tool, in: model) }
    return inner == false ? false : nil
  }
}

extension Diagnostic {
  /// Nil where the missing part stands outside of what the test's author wrote here: another test blames it there.
  fileprivate static func unknownArgument(
    _ test: TypedTest, _ lacks: [Lack], isNowhere: Bool, in model: Model
  ) -> Diagnostic? {
    guard let first = lacks.first else { return nil }
    let place = WrittenPath(test.path, in: model)
    let step = first.missing.step - (test.route.steps.count - place.stepCount)
    guard step >= 0, step < place.stepCount else { return nil }
    // That `fields` reads no text is said at `fields`.
    if step == 0, first.missing.container != nil { return nil }
    let same = lacks.filter { $0.missing.step == first.missing.step }
    let tools = same.flatMap { $0.tools.map(\.name) }
    let message = UnknownArgument(
      owner: ArgumentRoute(steps: Array(test.route.steps[..<first.missing.step])),
      step: test.route.steps[first.missing.step], tools: tools, missing: same.map(\.missing))
    let near = message.near
    return Diagnostic(
      "L3102", message.text, at: place[step],
      fix: near.flatMap { name in isPlain(name) && place.canReplace(step) ? .replace(place[step], with: name) : nil },
      help: isNowhere
        ? nil : "the condition can never hold for \(inWords(tools)); give it a rule of its own")
  }
}

/// What is said of an argument that is not there.
private struct UnknownArgument {
  /// What ought to have it: the arguments, or an argument.
  var owner: ArgumentRoute
  var step: ArgumentRoute.Step
  var tools: [String]
  var missing: [MissingArgument]

  /// What was probably meant.
  var near: String? {
    guard case .name(let name) = step else { return nil }
    return closest(to: name, among: missing.flatMap(\.known))
  }

  var text: String {
    let whose = inWords(tools)
    if let container = missing.first?.container {
      return "\(owner.inWords) of \(whose) is \(container.inWords), so there is no \(part) in it"
    }
    let rest = near == nil ? "; \(list(names, of: kind))" : didYouMean(near)
    if owner.steps.isEmpty {
      return tools.count == 1
        ? "\(whose) has no \(kind) \(part)\(rest)" : "no \(kind) of \(whose) is called \(part)\(rest)"
    }
    return "\(owner.inWords) of \(whose) has no \(kind) \(part)\(rest)"
  }

  private var kind: String { owner.steps.isEmpty ? "argument" : "member" }

  private var part: String {
    switch step {
    case .name(let name): "`\(name)`"
    case .index(let index): "element `[\(index)]`"
    case .element: "element"
    }
  }

  /// Each once.
  private var names: [String] {
    Set(missing.flatMap(\.known).map { Array($0.utf8) }).map { String(decoding: $0, as: UTF8.self) }
  }
}

/// Tools' names for a message: a few, and how many more.
func inWords(_ tools: [String]) -> String {
  let names = inByteOrder(Set(tools), \.self)
  guard names.count > 4 else { return alternatives(names, "and") }
  return names.prefix(3).map { "`\($0)`" }.joined(separator: ", ") + " and \(names.count - 3) more tools"
}

/// Whether a name stands in an argument path, or a text in YAML, as it is.
func isPlain(_ text: String) -> Bool {
  let reserved = ["true", "false", "null"]
  guard let first = text.utf8.first, isLetter(first), !reserved.contains(text.lowercased()) else { return false }
  return text.utf8.allSatisfy { isLetter($0) || (0x30...0x39).contains($0) || $0 == 0x5F || $0 == UInt8(ascii: "-") }
}

private func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }

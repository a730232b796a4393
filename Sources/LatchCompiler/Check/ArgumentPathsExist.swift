import LatchJSON
import LatchPolicy
import LatchSource

extension Check {
  /// A condition on an argument that no tool of the rule has, or that a tool which the rule names lacks, so that the
  /// condition can never hold for it. Tools that a glob or a class selects may lack it: there the rule does not match.
  static let argumentPathsExist = Check(
    "L3102", summary: "every condition asks about an argument that the tools of its rule have"
  ) { model in
    var guesses = Guesses()
    var found: [Diagnostic] = []
    for rule in model.typed.rules {
      var arguments = MissingArguments(rule: rule, model: model)
      for test in rule.tests where test.hasPlace {
        if let finding = arguments.finding(test, &guesses) { found.append(finding) }
      }
    }
    return found
  }
}

/// Tools without the argument.
private struct Lack {
  var tools: [TypedTool]
  var missing: MissingArgument
}

/// Where a question looks that stands in a map: a second one in it would be the same key twice.
private struct Asked: Hashable {
  private let route: [UInt8]
  private let conjunction: Int

  init(_ route: ArgumentRoute, in conjunction: Int) {
    self.route = route.key
    self.conjunction = conjunction
  }
}

/// What a rule's questions ask about in vain.
private struct MissingArguments {
  let rule: TypedRule
  let model: Model
  /// By tool: whether the rule's condition can never hold for it, which many questions may want to know.
  private var hopeless: [Int: Bool] = [:]
  /// Where the questions look, with the map that each stands in.
  private lazy var asked = Set(rule.tests.map { Asked($0.route, in: $0.conjunction) })

  init(rule: TypedRule, model: Model) {
    self.rule = rule
    self.model = model
  }

  mutating func finding(_ test: TypedTest, _ guesses: inout Guesses) -> Diagnostic? {
    let answers = model.typed.answers(to: test, of: rule.tools)
    let lacks = answers.compactMap { answer -> Lack? in
      guard case .missing(let missing) = answer.argument else { return nil }
      return Lack(tools: answer.tools, missing: missing)
    }
    guard !lacks.isEmpty else { return nil }
    if lacks.count == answers.count, !isOfResources(test, rule, in: model) {
      return .unknownArgument(test, lacks, asked, isNowhere: true, in: model, &guesses)
    }
    var without: [Lack] = []
    for lack in lacks {
      var tools: [TypedTool] = []
      for tool in lack.tools where tool.isNamed && isHopeless(for: tool) { tools.append(tool) }
      if !tools.isEmpty { without.append(Lack(tools: tools, missing: lack.missing)) }
    }
    return .unknownArgument(test, without, asked, isNowhere: false, in: model, &guesses)
  }

  private mutating func isHopeless(for tool: TypedTool) -> Bool {
    if let known = hopeless[tool.number] { return known }
    let answer = rule.isHopeless(for: tool, in: model)
    hopeless[tool.number] = answer
    return answer
  }
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
    _ test: TypedTest, _ lacks: [Lack], _ asked: Set<Asked>, isNowhere: Bool, in model: Model,
    _ guesses: inout Guesses
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
    let near = message.near(&guesses) { name in
      var route = test.route
      route.steps[first.missing.step] = .name(name)
      return asked.contains(Asked(route, in: test.conjunction))
    }
    return Diagnostic(
      "L3102", message.text(near, &guesses), at: place[step],
      fix: near.flatMap { name in isPlain(name) && place.canReplace(step) ? .replace(place[step], with: name) : nil },
      help: same.contains(where: \.missing.isDeniedOnly)
        ? passUnnamed : isNowhere ? nil : giveRuleOfItsOwn(tools, isMember: first.missing.step > 0))
  }

  private static let passUnnamed =
    "calls with arguments that a schema does not name are denied, even if it takes them; `extra_arguments: ignore` in "
    + "`defaults` lets them pass"

  /// What a schema does not name inside of an argument it may take all the same.
  private static func giveRuleOfItsOwn(_ tools: [String], isMember: Bool) -> String {
    let problem =
      isMember
      ? "the schema of \(inWords(tools)) does not name what the condition asks about"
      : "the condition can never hold for \(inWords(tools))"
    return "\(problem); give it a rule of its own"
  }
}

/// What is said of an argument that is not there.
private struct UnknownArgument {
  /// What ought to have it: the arguments, or an argument.
  var owner: ArgumentRoute
  var step: ArgumentRoute.Step
  var tools: [String]
  var missing: [MissingArgument]

  /// What was probably meant, which is nothing that is asked about already.
  func near(_ guesses: inout Guesses, besides isAsked: (String) -> Bool) -> String? {
    guard case .name(let name) = step, !guesses.isSpent else { return nil }
    let known = missing.flatMap(\.known)
    guard let near = guesses.closest(to: name, among: known) else { return nil }
    if !isAsked(near) { return near }
    return guesses.closest(to: name, among: known.filter { !isAsked($0) })
  }

  func text(_ near: String?, _ guesses: inout Guesses) -> String {
    let whose = inWords(tools)
    if let container = missing.first?.container {
      return "\(owner.inWords) of \(whose) is \(container.inWords), so there is no \(part) in it"
    }
    let rest = near == nil ? listed(&guesses) : didYouMean(near)
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

  /// What there is where no name comes near; nothing after very many such names.
  private func listed(_ guesses: inout Guesses) -> String {
    if guesses.isSpent { return "" }
    let names = Set(missing.flatMap(\.known).map { Array($0.utf8) })
    guesses.spend(32 * names.count)
    return "; \(list(names.map { String(decoding: $0, as: UTF8.self) }, of: kind))"
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

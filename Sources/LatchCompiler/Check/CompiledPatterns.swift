import LatchAutomata
import LatchJSON
package import LatchPolicy
import LatchSource

/// The automata of a project's patterns.
package struct CompiledPatterns: Sendable {
  private var automata: [[UInt8]: Bundle.NamedAutomaton] = [:]

  package init() {}

  /// The automaton of a pattern that stands in the model.
  package subscript(pattern: TextPattern) -> Bundle.NamedAutomaton {
    guard let automaton = automata[pattern.key] else {
      preconditionFailure("every pattern of a checked model is compiled")
    }
    return automaton
  }

  /// The automaton of a pattern; nil if it could not be compiled.
  func automaton(of pattern: TextPattern) -> Automaton? { automata[pattern.key]?.automaton }

  /// A range of addresses that stands in the model, as the bundle writes it.
  package func range(_ text: String) -> String {
    guard let range = try? CIDR(text) else { preconditionFailure("every range of a checked model is one") }
    return range.text
  }

  fileprivate mutating func add(_ pattern: TextPattern, stateLimit: Int) throws(PatternError) {
    let key = pattern.key
    guard automata[key] == nil else { return }
    automata[key] = Bundle.NamedAutomaton(try pattern.automaton(stateLimit: stateLimit))
  }
}

/// Compiles every pattern of every condition, and says which cannot be.
func compilePatterns(of model: Model) -> Outcome<CompiledPatterns> {
  var compiler = PatternCompiler(model)
  for rule in model.rules {
    rule.declaration.eachTest { test, isDenying in compiler.add(test, denying: isDenying) }
  }
  return Outcome(compiler.patterns, compiler.found)
}

extension RuleDeclaration {
  /// Every question of its conditions, those about elements too, and whether it stands in a denying place.
  func eachTest(_ body: (ArgumentTest, _ isDenying: Bool) -> Void) {
    let denies = effect?.value != .allow
    when?.eachTest(denying: denies, body)
    unless?.eachTest(denying: !denies, body)
  }
}

extension ConditionDeclaration {
  func eachTest(denying: Bool, _ body: (ArgumentTest, _ isDenying: Bool) -> Void) {
    switch self {
    case .all(let parts), .any(let parts): for part in parts { part.eachTest(denying: denying, body) }
    case .none(let parts): for part in parts { part.eachTest(denying: !denying, body) }
    case .test(let test):
      body(test, denying)
      if case .elements(_, let condition) = test.matcher.value { condition.eachTest(denying: denying, body) }
    }
  }
}

/// Goes through the tests one by one; a pattern with a mistake is blamed once.
private struct PatternCompiler {
  let model: Model
  var patterns = CompiledPatterns()
  var found: [Diagnostic] = []
  private let stateLimit: Int
  private var good: Set<[UInt8]> = []

  init(_ model: Model) {
    self.model = model
    stateLimit = model.settings.limits.automatonStates
  }

  mutating func add(_ test: ArgumentTest, denying: Bool) {
    switch test.matcher.value {
    case .text(let demands): add(test, demands, denying: denying)
    case .addresses(let operands): for operand in operands { check(operand, range) }
    case .port(let operands): for operand in operands { check(operand, port) }
    case .bound(_, let lexeme):
      if (try? BoundedNumber(Array(lexeme.utf8).span)) == nil { found.append(.badBound(lexeme, at: test.matcher.span)) }
    case .equals(let operands) where test.path.value.isAnywhere:
      for operand in operands where operand.text == nil { found.append(.notAText(operand.span)) }
    default: break
    }
  }

  private mutating func add(_ test: ArgumentTest, _ demands: [TextDemand], denying: Bool) {
    let before = found.count
    for demand in demands {
      for operand in demand.operands { check(operand, of: demand.kind, isFolded: demand.kind.readsPath && denying) }
    }
    guard found.count == before else { return }
    for pattern in TextPattern.all(of: demands, denying: denying) {
      do throws(PatternError) { try patterns.add(pattern, stateLimit: stateLimit) } catch {
        found.append(.tooManyStates(stateLimit, at: test.matcher.span))
      }
    }
  }

  /// Each text by itself, so that what is wrong with one is said at its place.
  private mutating func check(_ operand: Spanned<Operand>, of kind: TextMatcher, isFolded: Bool) {
    guard let text = operand.text else { return found.append(.notAText(operand.span)) }
    let key = framed(Array("\(kind.rawValue) \(isFolded)".utf8)) + Array(text.utf8)
    guard !good.contains(key) else { return }
    let spanned = Spanned(text, operand.span)
    if let problem = kind.problem(of: text, below: operand.base) {
      return found.append(.badPattern(spanned, kind, problem))
    }
    do throws(PatternError) {
      _ = try kind.automaton(of: text, isFolded: isFolded, stateLimit: stateLimit)
      good.insert(key)
    } catch {
      found.append(.badPattern(spanned, kind, error, in: model))
    }
  }

  private mutating func check(_ operand: Spanned<Operand>, _ problem: (JSONValue) -> String?) {
    guard let value = operand.value.literal, let problem = problem(value) else { return }
    found.append(Diagnostic("L3108", problem, at: operand.span))
  }

  private func range(_ value: JSONValue) -> String? {
    guard let text = value.string else { return "a range of addresses is text, such as `10.0.0.0/8`" }
    do {
      _ = try CIDR(text)
      return nil
    } catch {
      return "`\(text)` is not a range of addresses: \(error.message)"
    }
  }

  private func port(_ value: JSONValue) -> String? {
    guard let port = value.integer, (1...65_535).contains(port) else { return "a port is a whole number up to 65535" }
    return nil
  }
}

extension TextMatcher {
  /// What is wrong with a text that its automaton could not tell.
  fileprivate func problem(of text: String, below base: PathBase) -> String? {
    switch self {
    case .within: return text.isEmpty && base != .none ? nil : CleanPath.problem(text)
    case .pathGlob:
      let isAbsolute = text.isEmpty && base != .none || text.hasPrefix("/") || text.hasPrefix("**")
      return isAbsolute ? nil : "paths are absolute, so it begins with `/`, `**` or `${project}`"
    case .scheme:
      let isScheme = text.utf8.first.map { lowercased($0) >= 0x61 && lowercased($0) <= 0x7A } ?? false
      let isClean = text.utf8.allSatisfy { byte in
        (0x61...0x7A).contains(lowercased(byte)) || (0x30...0x39).contains(byte) || "+-.".utf8.contains(byte)
      }
      return isScheme && isClean ? nil : "a scheme is letters, digits, `+`, `-` and `.`, such as `https`"
    case .urlPath:
      return text.hasPrefix("/") || text.hasPrefix("**") ? nil : "the path of a URL begins with `/`"
    default: return nil
    }
  }

  private func lowercased(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }
}

extension Diagnostic {
  fileprivate static func badPattern(
    _ pattern: Spanned<String>, _ kind: TextMatcher, _ error: PatternError, in model: Model
  ) -> Diagnostic {
    if case .tooManyStates(let limit) = error.kind {
      return Diagnostic(
        "L3109", "the pattern `\(pattern.value)` needs more than \(limit) states; make it shorter or split it in two",
        at: pattern.span, help: "`limits.automaton_states` in latch.yaml sets the bound, at most 65535")
    }
    let end = pattern.value.utf8.count
    let offset = min(max(0, error.offset), end)
    let span = model.place(of: offset..<min(end, offset + 1), in: pattern)
    return Diagnostic("L3108", "`\(pattern.value)` is not \(kind.noun): \(error.message)", at: span)
  }

  fileprivate static func badPattern(_ pattern: Spanned<String>, _ kind: TextMatcher, _ problem: String) -> Diagnostic {
    Diagnostic("L3108", "`\(pattern.value)` is not \(kind.noun): \(problem)", at: pattern.span)
  }

  fileprivate static func tooManyStates(_ limit: Int, at span: Span) -> Diagnostic {
    Diagnostic(
      "L3109", "together these patterns need more than \(limit) states; make them shorter or split the rule in two",
      at: span, help: "`limits.automaton_states` in latch.yaml sets the bound, at most 65535")
  }

  fileprivate static func badBound(_ lexeme: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "L3108", "`\(lexeme)` is no bound: numbers are compared up to 17 digits, integers up to 9007199254740991",
      at: span)
  }

  fileprivate static func notAText(_ span: Span) -> Diagnostic {
    Diagnostic(
      "L2106", "the matcher compares with text, and this is none; put it in quotes if it is meant so", at: span)
  }
}

extension TextMatcher {
  fileprivate var noun: String {
    switch self {
    case .glob, .pathGlob, .urlPath: "a glob"
    case .regex: "a regular expression"
    case .within: "a clean path"
    case .host: "a host"
    case .scheme: "a scheme"
    case .domain: "a mail domain"
    case .prefix, .suffix, .contains: "a text that can be looked for"
    }
  }
}

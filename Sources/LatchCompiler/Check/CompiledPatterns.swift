import LatchAutomata
package import LatchPolicy
import LatchSource

/// The automata of a project's patterns, by the pattern's bytes.
package struct CompiledPatterns: Sendable {
  private var globs: [[UInt8]: Bundle.NamedAutomaton] = [:]

  package init() {}

  /// The automaton of a glob that stands in the model.
  package func glob(_ pattern: String) -> Bundle.NamedAutomaton {
    guard let automaton = globs[Array(pattern.utf8)] else {
      preconditionFailure("every pattern of a checked model is compiled")
    }
    return automaton
  }

  fileprivate mutating func addGlob(_ pattern: String, stateLimit: Int) throws(PatternError) {
    let key = Array(pattern.utf8)
    guard globs[key] == nil else { return }
    globs[key] = Bundle.NamedAutomaton(try Automaton.glob(pattern, stateLimit: stateLimit))
  }
}

/// Compiles every pattern of every condition, and says which cannot be.
func compilePatterns(of model: Model) -> Outcome<CompiledPatterns> {
  var patterns = CompiledPatterns()
  var found: [Diagnostic] = []
  for test in model.rules.flatMap(\.tests) {
    guard case .glob(let pattern) = test.matcher.value else { continue }
    do throws(PatternError) {
      try patterns.addGlob(pattern, stateLimit: model.settings.limits.automatonStates)
    } catch {
      found.append(.badPattern(Spanned(pattern, test.matcher.span), error, in: model))
    }
  }
  return Outcome(patterns, found)
}

extension Rule {
  /// Every question of its conditions, in the order of the file.
  var tests: [ArgumentTest] { (declaration.when?.tests ?? []) + (declaration.unless?.tests ?? []) }
}

extension Diagnostic {
  fileprivate static func badPattern(_ pattern: Spanned<String>, _ error: PatternError, in model: Model) -> Diagnostic {
    if case .tooManyStates(let limit) = error.kind {
      return Diagnostic(
        "L3109", "the pattern `\(pattern.value)` needs more than \(limit) states; make it shorter or split it in two",
        at: pattern.span, help: "`limits.automaton_states` in latch.yaml sets the bound, at most 65535")
    }
    let end = pattern.value.utf8.count
    let offset = min(max(0, error.offset), end)
    let span = model.place(of: offset..<min(end, offset + 1), in: pattern)
    return Diagnostic("L3108", "`\(pattern.value)` is not a glob: \(error.message)", at: span)
  }
}

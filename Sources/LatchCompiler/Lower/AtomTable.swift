import LatchJSON
import LatchPolicy
import LatchSource

/// The questions of an upstream's conditions, each once, numbered as they are met; those about elements before the one
/// that asks about their array.
///
/// Parts that stand side by side are put in the order of what they say, so that the order of keys in a file makes no
/// difference. Names and texts are compared as bytes.
struct AtomTable {
  private(set) var atoms: [Atom] = []
  private(set) var automata: [Bundle.NamedAutomaton] = []
  private let patterns: CompiledPatterns
  private var numbers: [[UInt8]: Int] = [:]

  init(patterns: CompiledPatterns) { self.patterns = patterns }

  /// `denying`: whether the call is let through less the more the condition holds (language.md §5, note 1).
  mutating func lower(_ condition: ConditionDeclaration, denying: Bool) -> Condition {
    switch condition {
    case .all(let parts): .all(lower(parts, denying: denying))
    case .any(let parts): .any(lower(parts, denying: denying))
    case .none(let parts): .none(lower(parts, denying: !denying))
    case .test(let test): lower(test, denying: denying)
    }
  }

  private mutating func lower(_ parts: [ConditionDeclaration], denying: Bool) -> [Condition] {
    var lowered: [Condition] = []
    for part in parts.inLoweredOrder { lowered.append(lower(part, denying: denying)) }
    return lowered
  }

  /// An atom; several where a list of paths starts from different directories.
  private mutating func lower(_ test: ArgumentTest, denying: Bool) -> Condition {
    switch test.matcher.value {
    case .equals(let operands): atom(test, .equals(ordered(operands.compactMap(\.value.literal))))
    case .text(let demands): texts(test, demands, denying: denying)
    case .port(let operands): atom(test, .port(Set(operands.compactMap(\.value.literal?.integer)).sorted()))
    case .addresses(let operands):
      atom(test, .addresses(inByteOrder(Set(operands.compactMap(\.value.literal?.string).map(patterns.range)), \.self)))
    case .bound(let bound, let lexeme): atom(test, .bound(bound, lexeme))
    case .length(let least, let most): atom(test, .length(min: least, max: most))
    case .type(let types): atom(test, .type(types))
    case .present(let isPresent): atom(test, .present(isPresent))
    case .object: atom(test, .object)
    case .elements(let quantifier, let condition):
      atom(test, .elements(quantifier, lower(condition, denying: denying)))
    }
  }

  private mutating func texts(_ test: ArgumentTest, _ demands: [TextDemand], denying: Bool) -> Condition {
    var conditions: [Condition] = []
    for pattern in TextPattern.all(of: demands, denying: denying) {
      let automaton = patterns[pattern]
      automata.append(automaton)
      conditions.append(
        atom(
          test,
          .text(pattern.kind, automaton: automaton.digest, base: pattern.base, isFolded: pattern.isFolded)))
    }
    return conditions.count == 1 ? conditions[0] : .any(conditions)
  }

  private mutating func atom(_ test: ArgumentTest, _ matcher: Matcher) -> Condition {
    let atom = Atom(path: test.path.value, matcher: matcher, tolerated: test.tolerated)
    let key = atom.key
    if let known = numbers[key] { return .atom(known) }
    atoms.append(atom)
    numbers[key] = atoms.count - 1
    return .atom(atoms.count - 1)
  }
}

extension [ConditionDeclaration] {
  /// By what they say.
  fileprivate var inLoweredOrder: [ConditionDeclaration] { sorted { $0.key.lexicographicallyPrecedes($1.key) } }
}

extension ConditionDeclaration {
  /// The places of its matchers, one for each atom that it is lowered to, in the order of the lowered condition.
  var matcherPlaces: [LatchSource.Span] {
    switch self {
    case .all(let parts), .any(let parts), .none(let parts): parts.inLoweredOrder.flatMap(\.matcherPlaces)
    case .test(let test):
      if case .text(let demands) = test.matcher.value {
        TextPattern.all(of: demands, denying: false).map { _ in test.matcher.span }
      } else {
        [test.matcher.span]
      }
    }
  }
}

extension Operand {
  /// What is compared with where it is no path below a directory.
  var literal: JSONValue? { if case .value(let value) = self { value } else { nil } }
}

/// Each value once, in the order of its key.
private func ordered(_ values: [JSONValue]) -> [JSONValue] {
  var seen: Set<[UInt8]> = []
  return values.filter { seen.insert($0.key).inserted }.sorted { $0.key.lexicographicallyPrecedes($1.key) }
}

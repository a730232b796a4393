import LatchJSON
import LatchPolicy
import LatchSource

/// The questions of an upstream's conditions, each once, numbered as they are met.
///
/// Parts that stand side by side are put in the order of what they say, so that the order of keys in a file makes no
/// difference. Names and texts are compared as bytes.
struct AtomTable {
  private(set) var atoms: [Atom] = []
  private(set) var automata: [Bundle.NamedAutomaton] = []
  private let patterns: CompiledPatterns
  private var numbers: [[UInt8]: Int] = [:]

  init(patterns: CompiledPatterns) { self.patterns = patterns }

  mutating func lower(_ condition: ConditionDeclaration) -> Condition {
    switch condition {
    case .all(let parts): .all(lower(parts))
    case .any(let parts): .any(lower(parts))
    case .none(let parts): .none(lower(parts))
    case .test(let test): .atom(number(of: test))
    }
  }

  private mutating func lower(_ parts: [ConditionDeclaration]) -> [Condition] {
    var lowered: [Condition] = []
    for part in parts.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) { lowered.append(lower(part)) }
    return lowered
  }

  private mutating func number(of test: ArgumentTest) -> Int {
    let key = test.key
    if let known = numbers[key] { return known }
    atoms.append(Atom(path: test.path.value, matcher: matcher(of: test.matcher.value)))
    numbers[key] = atoms.count - 1
    return atoms.count - 1
  }

  private mutating func matcher(of declaration: MatcherDeclaration) -> Matcher {
    switch declaration {
    case .equals(let values): return .equals(ordered(values.map(\.value)))
    case .glob(let pattern):
      let automaton = patterns.glob(pattern)
      automata.append(automaton)
      return .string(automaton: automaton.digest, named: .glob)
    }
  }
}

/// Each value once, in the order of its key.
private func ordered(_ values: [JSONValue]) -> [JSONValue] {
  var seen: Set<[UInt8]> = []
  return values.filter { seen.insert($0.key).inserted }.sorted { $0.key.lexicographicallyPrecedes($1.key) }
}

// MARK: Keys: byte strings that are equal exactly where what they stand for is the same text

extension ConditionDeclaration {
  fileprivate var key: [UInt8] {
    switch self {
    case .all(let parts): Self.key("&", parts)
    case .any(let parts): Self.key("|", parts)
    case .none(let parts): Self.key("!", parts)
    case .test(let test): Array("?".utf8) + test.key
    }
  }

  private static func key(_ kind: String, _ parts: [ConditionDeclaration]) -> [UInt8] {
    let keys = parts.map(\.key).sorted { $0.lexicographicallyPrecedes($1) }
    return Array(kind.utf8) + keys.flatMap(framed)
  }
}

extension ArgumentTest {
  fileprivate var key: [UInt8] {
    let steps = path.value.steps.map { step in
      switch step {
      case .name(let name): framed(Array("n\(name)".utf8))
      case .index(let index): framed(Array("i\(index)".utf8))
      }
    }
    let asked =
      switch matcher.value {
      case .equals(let values): Array("=".utf8) + ordered(values.map(\.value)).flatMap { framed($0.key) }
      case .glob(let pattern): Array("*\(pattern)".utf8)
      }
    return framed(steps.flatMap(\.self)) + asked
  }
}

extension JSONValue {
  fileprivate var key: [UInt8] {
    switch self {
    case .null: Array("z".utf8)
    case .bool(let truth): Array(truth ? "t".utf8 : "f".utf8)
    case .number(let lexeme): Array("d\(lexeme)".utf8)
    case .string(let text): Array("s\(text)".utf8)
    case .array(let elements): Array("a".utf8) + elements.flatMap { framed($0.key) }
    case .object(let members): Array("o".utf8) + members.flatMap { framed(Array($0.name.utf8)) + framed($0.value.key) }
    }
  }
}

private func framed(_ bytes: [UInt8]) -> [UInt8] { Array("\(bytes.count):".utf8) + bytes }

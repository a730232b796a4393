import LatchJSON
import LatchPolicy
import LatchSource

// Keys: byte strings that are equal exactly where what they stand for is the same text.

extension ConditionDeclaration {
  /// What puts parts that stand side by side in order.
  var key: [UInt8] {
    switch self {
    case .all(let parts): Self.key("&", parts)
    case .any(let parts): Self.key("|", parts)
    case .none(let parts): Self.key("!", parts)
    case .test(let test):
      Array("?".utf8) + test.path.value.key + test.matcher.value.key + LatchCompiler.key(of: test.tolerated)
    }
  }

  private static func key(_ kind: String, _ parts: [ConditionDeclaration]) -> [UInt8] {
    let keys = parts.map(\.key).sorted { $0.lexicographicallyPrecedes($1) }
    return Array(kind.utf8) + keys.flatMap(framed)
  }
}

extension MatcherDeclaration {
  fileprivate var key: [UInt8] {
    switch self {
    case .equals(let operands): named("equals", operands.map(\.value.key))
    case .text(let demands):
      named("text", demands.map { named($0.kind.rawValue, $0.operands.map(\.value.key)) })
    case .port(let operands): named("port", operands.map(\.value.key))
    case .addresses(let operands): named("ip_in", operands.map(\.value.key))
    case .bound(let bound, let lexeme): named(bound.rawValue, [Array(lexeme.utf8)])
    case .length(let least, let most): Array("length:\(least ?? -1):\(most ?? -1)".utf8)
    case .type(let types): named("type", [LatchCompiler.key(of: types)])
    case .present(let isPresent): Array("present:\(isPresent)".utf8)
    case .object: Array("fields".utf8)
    case .elements(let quantifier, let condition): named(quantifier.rawValue, [condition.key])
    }
  }
}

private func named(_ name: String, _ parts: [[UInt8]]) -> [UInt8] {
  Array(name.utf8) + parts.sorted { $0.lexicographicallyPrecedes($1) }.flatMap(framed)
}

extension Operand {
  fileprivate var key: [UInt8] {
    switch self {
    case .value(let value): value.key
    case .based(let base, let rest): Array("\(base.rawValue)\(rest)".utf8)
    case .list(let name): Array("$\(name)".utf8)
    }
  }
}

extension Atom {
  /// Under it an atom is found again.
  var key: [UInt8] { path.key + framed(matcher.key) + LatchCompiler.key(of: tolerated) }
}

private func key(of types: [JSONType]) -> [UInt8] { types.flatMap { framed(Array($0.rawValue.utf8)) } }

extension ArgumentPath {
  fileprivate var key: [UInt8] {
    if isAnywhere { return Array("**".utf8) }
    let steps = steps.map { step in
      switch step {
      case .name(let name): framed(Array("n\(name)".utf8))
      case .index(let index): framed(Array("i\(index)".utf8))
      }
    }
    return framed(steps.flatMap(\.self))
  }
}

extension Matcher {
  fileprivate var key: [UInt8] {
    switch self {
    case .equals(let values): Array("=".utf8) + values.flatMap { framed($0.key) }
    case .text(let kind, let automaton, let base, let isFolded):
      Array("\(kind.rawValue) \(automaton) \(base.rawValue) \(isFolded)".utf8)
    case .port(let ports): Array("port\(ports)".utf8)
    case .addresses(let ranges): Array("ip_in\(ranges)".utf8)
    case .bound(let bound, let lexeme): Array("\(bound.rawValue) \(lexeme)".utf8)
    case .length(let least, let most): Array("length \(least ?? -1) \(most ?? -1)".utf8)
    case .type(let types): Array("type".utf8) + LatchCompiler.key(of: types)
    case .present(let isPresent): Array("present \(isPresent)".utf8)
    case .object: Array("fields".utf8)
    case .elements(let quantifier, let condition): Array("\(quantifier.rawValue) ".utf8) + condition.key
    }
  }
}

extension Condition {
  fileprivate var key: [UInt8] {
    switch self {
    case .atom(let number): Array("\(number)".utf8)
    case .all(let parts): Array("&".utf8) + parts.flatMap { framed($0.key) }
    case .any(let parts): Array("|".utf8) + parts.flatMap { framed($0.key) }
    case .none(let parts): Array("!".utf8) + parts.flatMap { framed($0.key) }
    }
  }
}

extension JSONValue {
  /// Numbers by their lexeme: `1` and `1.0` are two texts of one value.
  var key: [UInt8] {
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

func framed(_ bytes: [UInt8]) -> [UInt8] { Array("\(bytes.count):".utf8) + bytes }

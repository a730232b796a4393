import LatchAutomata
import LatchJSON
import LatchPolicy
import LatchSource

/// What a matcher says of values that are known, as at run time.
struct PreparedMatcher {
  /// One of the patterns any of which may hold.
  struct Text {
    var pattern: TextPattern
    var automaton: Automaton
  }

  let matcher: MatcherDeclaration
  /// Of a text matcher; empty where one of its patterns cannot be compiled.
  let texts: [Text]

  init(_ test: TypedTest, _ patterns: CompiledPatterns) {
    matcher = test.matcher.value
    guard case .text(let demands) = matcher else {
      texts = []
      return
    }
    let all = TextPattern.all(of: demands, denying: test.isDenying)
    let compiled = all.compactMap { pattern in
      patterns.automaton(of: pattern).map { Text(pattern: pattern, automaton: $0) }
    }
    texts = compiled.count == all.count ? compiled : []
  }

  /// The types that it reads: values of others are refused.
  var readable: ValueTypes {
    switch matcher {
    case .text, .port, .addresses: .string
    case .bound: .number
    case .length: [.string, .array, .object]
    case .object: .object
    case .elements: .array
    case .equals, .type, .present: .all
    }
  }

  /// Whether there is no value for which it holds, whatever the schema.
  var isImpossible: Bool {
    switch matcher {
    case .text: !texts.isEmpty && texts.allSatisfy(\.automaton.isEmpty)
    case .length(let least, let most): CountRange(least: least, greatest: most).isEmpty
    default: false
    }
  }

  /// Whether it holds for a value; false where it does not read it, nil where that cannot be told here.
  func holds(_ value: JSONValue) -> Bool? {
    guard readable.contains(ValueTypes(of: value)) else { return false }
    switch matcher {
    case .equals(let operands): return operands.contains { $0.value.literal.map(value.means) ?? false }
    case .text: return holds(text: value.string ?? "")
    case .port(let operands): return holds(port: value.string ?? "", among: operands)
    case .addresses(let operands): return holds(address: value.string ?? "", among: operands)
    case .bound(let bound, let lexeme):
      guard let range = NumberRange(bound, lexeme) else { return nil }
      return BoundedNumber(value).map(range.contains) ?? false
    case .length(let least, let most):
      return value.count.map { CountRange(least: least, greatest: most).contains($0) }
    case .type(let types): return types.contains { $0.has(value) }
    case .object: return true
    case .present, .elements: return nil
    }
  }

  private func holds(text: String) -> Bool? {
    var isKnown = !texts.isEmpty
    for candidate in texts {
      guard candidate.pattern.base == .none else {
        isKnown = false
        continue
      }
      let kind = candidate.pattern.kind
      if kind.accepts(text, by: candidate.automaton, isFolded: candidate.pattern.isFolded) == true { return true }
    }
    return isKnown ? false : nil
  }

  private func holds(port text: String, among operands: [Spanned<Operand>]) -> Bool {
    guard let port = (try? CleanURL(Array(text.utf8).span))?.port else { return false }
    return operands.contains { $0.value.literal?.integer == Int(port) }
  }

  private func holds(address text: String, among operands: [Spanned<Operand>]) -> Bool {
    guard let address = (try? CleanURL(Array(text.utf8).span))?.address else { return false }
    return operands.contains { operand in
      operand.text.flatMap { try? CIDR($0) }.map { $0.contains(address) } ?? false
    }
  }
}

extension JSONType {
  fileprivate func has(_ value: JSONValue) -> Bool {
    guard self == .integer, case .number(let lexeme) = value else {
      return ValueTypes(self) == ValueTypes(of: value) && self != .integer
    }
    return DecimalNumber(lexeme)?.isInteger == true
  }
}

import LatchJSON
import LatchPolicy
import LatchSource

// What is said of values, types and matchers in messages.

extension PossibleValues {
  /// What bounds the values as far as a matcher reads them: `10 at most`, or the values themselves.
  func bounds(for matcher: MatcherDeclaration) -> String {
    if let all = all(of: types), !all.isEmpty { return shortList(distinct(all.map(\.shown))) }
    switch matcher {
    case .bound: return numbers.inWords
    case .length:
      let ranges = ValueTypes.each.filter { types.intersection([.string, .array, .object]).contains($0) }.map(count)
      return ranges.count == 1 ? ranges[0].inWords : types.inWords
    default: return types.inWords
    }
  }

  private func shortList(_ names: [String]) -> String {
    guard names.count > 5 else { return alternatives(names) }
    return names.prefix(4).map { "`\($0)`" }.joined(separator: ", ") + " or one of \(names.count - 4) more"
  }
}

extension NumberRange {
  fileprivate var inWords: String {
    let from = least.map { $0.isIncluded ? "\($0.lexeme) at least" : "above \($0.lexeme)" }
    let to = greatest.map { $0.isIncluded ? "\($0.lexeme) at most" : "below \($0.lexeme)" }
    if let least, let greatest, least.isIncluded, greatest.isIncluded {
      return "from \(least.lexeme) to \(greatest.lexeme)"
    }
    let words = [from, to].compactMap(\.self).joined(separator: " and ")
    return words.isEmpty ? "a number" : words
  }
}

extension CountRange {
  fileprivate var inWords: String {
    let from = least == 0 ? nil : "at least \(least)"
    let to = greatest == .max ? nil : "at most \(greatest)"
    let words = [from, to].compactMap(\.self).joined(separator: " and ")
    return words.isEmpty ? "of any length" : "\(words) long"
  }
}

/// Each text once, in the order of bytes.
func distinct(_ texts: [String]) -> [String] {
  inByteOrder(Set(texts.map { Array($0.utf8) }).map { String(decoding: $0, as: UTF8.self) }, \.self)
}

extension JSONValue {
  /// A scalar as it is written, short.
  var shown: String {
    switch self {
    case .null: "null"
    case .bool(let truth): truth ? "true" : "false"
    case .number(let lexeme): lexeme
    case .string(let text): text
    case .array: "[…]"
    case .object: "{…}"
    }
  }
}

extension MatcherDeclaration {
  /// As an author writes it, in backticks.
  var name: String {
    switch self {
    case .equals: "`equals`"
    case .text(let demands): alternatives(demands.map(\.kind.rawValue), "and")
    case .port: "`port`"
    case .addresses: "`ip_in`"
    case .bound(let bound, _): "`\(bound.rawValue)`"
    case .length: "`length`"
    case .type: "`type`"
    case .present: "`present`"
    case .object: "`fields`"
    case .elements(let quantifier, _): "`\(quantifier.rawValue)`"
    }
  }
}

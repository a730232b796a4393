package import LatchSource

/// A name in a rule's `upstream:` or `tool:`: literal, or with `*` (any characters) and `?` (one character).
package struct NamePattern: Sendable, Equatable {
  package let text: Spanned<String>
  package let isLiteral: Bool
  /// What the pattern is worth toward specificity: literal 2, glob 1, `*` 0.
  package let score: UInt8

  package init(_ text: Spanned<String>) {
    self.text = text
    isLiteral = !text.value.utf8.contains { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") }
    score = isLiteral ? 2 : text.value.utf8.elementsEqual("*".utf8) ? 0 : 1
  }

  /// Whether the whole name is matched, byte for byte; in time proportional to the product of the lengths at most.
  package func matches(_ name: String) -> Bool {
    if isLiteral { return text.value.utf8.elementsEqual(name.utf8) }
    return globMatches(Array(text.value.unicodeScalars), Array(name.unicodeScalars))
  }
}

/// The usual walk: on a mismatch, the last `*` takes one character more.
private func globMatches(_ pattern: [Unicode.Scalar], _ name: [Unicode.Scalar]) -> Bool {
  var at = 0
  var position = 0
  var star: (pattern: Int, name: Int)?
  while position < name.count {
    if at < pattern.count, pattern[at] == "*" {
      star = (at + 1, position)
      at += 1
    } else if at < pattern.count, pattern[at] == "?" || pattern[at] == name[position] {
      at += 1
      position += 1
    } else if let last = star {
      star = (last.pattern, last.name + 1)
      at = last.pattern
      position = last.name + 1
    } else {
      return false
    }
  }
  return pattern[at...].allSatisfy { $0 == "*" }
}

extension [NamePattern]? {
  /// The score of the most specific member that matches; nil if none does; 0 where nothing is asked.
  func score(of name: String) -> UInt8? {
    guard let patterns = self else { return 0 }
    return patterns.filter { $0.matches(name) }.map(\.score).max()
  }
}

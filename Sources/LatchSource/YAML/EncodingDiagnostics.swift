extension SourceDiagnostics {
  static let encoding: [DiagnosticExplanation] = [.notUTF8, .otherEncoding, .controlCharacter, .directionMark]
}

extension DiagnosticExplanation {
  fileprivate static let notUTF8 = DiagnosticExplanation(
    "L0001", "not UTF-8",
    what: "The file has bytes that are not UTF-8 text.",
    why: "Programs disagree about what such bytes say, and a policy must have one reading.",
    wrong: "name: caf\u{FFFD}   # saved as Latin-1: one byte, E9", right: "name: cafe")
  fileprivate static let otherEncoding = DiagnosticExplanation(
    "L0002", "another encoding",
    what: "The file is saved as UTF-16 or UTF-32.",
    why: "Latch, git and most tools read UTF-8 only; the text would be seen as binary in a review.",
    wrong: "a file saved as \"Unicode\" by a Windows editor", right: "the same, saved as UTF-8")
  fileprivate static let controlCharacter = DiagnosticExplanation(
    "L0003", "control character",
    what: "The file has a character that is not shown: a control character, a byte order mark inside the text, or a "
      + "line separator that only some programs end lines at.",
    why: "What a reviewer sees would not be what Latch reads.",
    wrong: "reason: \"one<U+0000>two\"", right: "reason: \"one\\u0000two\"")
  fileprivate static let directionMark = DiagnosticExplanation(
    "L0004", "hidden direction mark",
    what: "The file has a Unicode character that turns the direction of the text after it.",
    why: "It makes a rule look other than it is: such marks are used to hide changes from reviewers.",
    wrong: "tool: <U+202E>elif_daer", right: "tool: read_file")
}

extension Diagnostic {
  static func otherEncoding(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic(.otherEncoding, "the file is \(name); a policy is UTF-8", at: span, help: "save the file as UTF-8")
  }

  static func unreadable(_ mistake: CharacterMistake, in source: Source) -> Diagnostic {
    switch mistake {
    case .notUTF8(let range):
      let bytes = source.bytes[range].prefix(4).map { hex(UInt32($0), digits: 2) }.joined(separator: " ")
      return Diagnostic(
        .notUTF8,
        "not UTF-8: the byte\(range.count == 1 ? "" : "s") \(bytes) mean\(range.count == 1 ? "s" : "") nothing",
        at: Span(file: source.file, range), help: "save the file as UTF-8")
    case .control(let scalar, let range):
      return Diagnostic(
        .controlCharacter, "the character U+\(hex(scalar, digits: 4)) is not allowed here",
        at: Span(file: source.file, range), help: "remove it, or write `\(escape(scalar))` between double quotes")
    case .direction(let scalar, let range):
      return Diagnostic(
        .directionMark, "the hidden character U+\(hex(scalar, digits: 4)) changes the direction of the text",
        at: Span(file: source.file, range), help: "remove it, or write `\(escape(scalar))` between double quotes")
    }
  }

  private static func escape(_ scalar: UInt32) -> String { "\\u" + hex(scalar, digits: 4) }
}

/// A number in upper-case hexadecimal with at least so many digits.
func hex(_ number: UInt32, digits: Int) -> String {
  let text = String(number, radix: 16, uppercase: true)
  return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
}

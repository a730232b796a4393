/// What libyaml's complaint means to the person who wrote the text.
struct SyntaxWords {
  var message = ""
  var span: Span
  var notes: [Note] = []
  var fix: Fix?
  var help: String?

  init(_ error: YAMLSyntaxError, in source: Source) {
    let offset = min(error.offset, source.bytes.count)
    let context = min(error.contextOffset ?? offset, source.bytes.count)
    let opening = Span(file: source.file, start: context, end: min(context + 1, source.bytes.count))
    span = SyntaxWords.token(at: offset, in: source)
    switch error.problem {
    case "mapping values are not allowed in this context": secondColon(at: offset, in: source)
    case "did not find expected ',' or ']'": unclosed("[", "]", opening, in: source)
    case "did not find expected ',' or '}'": unclosed("{", "}", opening, in: source)
    case "found character that cannot start any token": badStart(at: offset, in: source)
    case "did not find expected '-' indicator":
      message = "expected `-` here, for the list that begins above"
      notes = [Note("the list begins here", at: opening)]
    case "did not find expected key", "did not find expected node content": missing(error, in: source)
    case "could not find expected ':'":
      message = "expected `:` after this key"
      span = SyntaxWords.restOfLine(at: context, in: source)
      help = "text that goes on over lines stands in quotes or after `|`"
    case "found unknown escape character":
      message = "unknown escape between double quotes"
      span = Span(file: source.file, start: offset, end: min(offset + 2, source.bytes.count))
      help = "write `\\\\` for a backslash, or use single quotes"
    default:
      guard let plain = SyntaxWords.plain.first(where: { $0.problems.contains(error.problem) }) else {
        message = error.context.isEmpty ? error.problem : "\(error.problem) (\(error.context))"
        return
      }
      (message, help) = (plain.message, plain.help)
      switch plain.place {
      case .problem: break
      case .opening: span = opening
      case .beginning: span = SyntaxWords.token(at: context, in: source)
      }
    }
  }

  /// Complaints that always mean the same.
  private struct Plain: Sendable {
    enum Place { case problem, opening, beginning }

    let problems: [String]
    var place = Place.problem
    let message: String
    var help: String?
  }

  private static let plain = [
    Plain(problems: ["found unexpected end of stream"], place: .opening, message: "this quote is never closed"),
    Plain(
      problems: ["found unexpected document indicator"], place: .opening,
      message: "this quote is not closed before the document ends"),
    Plain(
      problems: [
        "found a tab character that violates indentation",
        "found a tab character where an indentation space is expected",
      ], message: "a tab cannot indent; use spaces"),
    Plain(
      problems: ["block sequence entries are not allowed in this context"],
      message: "a list cannot begin here: its `-` stands on a line of its own"),
    Plain(
      problems: [
        "block mapping keys are not allowed in this context", "mapping keys are not allowed in this context",
      ], message: "a `?` cannot stand here; text that begins with it wants quotes"),
    Plain(
      problems: ["did not find expected hexdecimal number", "found invalid Unicode character escape code"],
      message: "this escape is not a Unicode character"),
    Plain(
      problems: [
        "found undefined tag handle", "did not find expected tag URI", "did not find expected '!'",
        "did not find expected whitespace or line break", "did not find the expected '>'",
      ], place: .beginning, message: "this tag cannot be read", help: "text that begins with `!` wants quotes"),
    Plain(
      problems: ["did not find expected alphabetic or numeric character"], place: .beginning,
      message: "`&` and `*` begin an anchor and an alias, which need a name",
      help: "text that begins with `&` or `*` wants quotes"),
    Plain(
      problems: ["did not find expected <document start>", "did not find expected <stream-start>"],
      message: "expected the end of the file: its first value is complete",
      help: "is the first line indented deeper than this one?"),
    Plain(
      problems: [
        "found incompatible YAML document", "found duplicate %YAML directive", "found unknown directive name",
        "found duplicate %TAG directive",
      ], message: "this `%` line cannot be read", help: "remove it: a policy needs none"),
    Plain(
      problems: ["did not find expected comment or line break"], message: "only a comment may follow on this line"),
  ]

  /// A key or a value that is not there.
  private mutating func missing(_ error: YAMLSyntaxError, in source: Source) {
    if source[span].hasPrefix(":") {
      message = "a key is missing before this `:`"
    } else if error.problem == "did not find expected key" {
      message = "expected a key here"
      help = "is the line indented as its neighbours are, and the line before it complete?"
    } else {
      message = "expected a value here"
    }
  }

  /// What is not closed on its line is shown where it was opened, else where the comma is missing.
  private mutating func unclosed(_ opened: String, _ closing: String, _ opening: Span, in source: Source) {
    guard source.lineIndex(of: opening.start) < source.lineIndex(of: span.start) else {
      message = "expected `,` or `\(closing)`"
      notes = [Note("for this `\(opened)`", at: opening)]
      return
    }
    message = "this `\(opened)` is not closed"
    notes = [Note("expected `,` or `\(closing)`, not this", at: span)]
    span = opening
  }

  /// A `: ` in text without quotes, or a key where none can be.
  private mutating func secondColon(at offset: Int, in source: Source) {
    message = "a `:` cannot stand here"
    let line = source.lineRange(source.lineIndex(of: offset))
    let before = source.bytes[line.lowerBound..<min(offset, line.upperBound)]
    guard let colon = before.firstIndex(of: UInt8(ascii: ":")), colon + 1 < offset else {
      help = "is this line indented as its neighbours are?"
      return
    }
    help = "text that has `: ` in it wants quotes, and each key a line of its own"
    let start = before[(colon + 1)...].firstIndex { $0 != 0x20 } ?? offset
    let value = SyntaxWords.restOfLine(at: start, in: source)
    let text = source[value]
    if !text.contains("\""), !text.contains("'"), !text.contains("#"), !"[{|>&*!".contains(text.prefix(1)) {
      fix = .quote(text, at: value)
    }
  }

  private mutating func badStart(at offset: Int, in source: Source) {
    guard offset < source.bytes.count else { return }
    if source.bytes[offset] == 0x09 {
      message = "a tab cannot indent; use spaces"
      span = Span(file: source.file, start: offset, end: offset + 1)
    } else {
      let letter = String(decoding: source.bytes[offset...offset], as: UTF8.self)
      message = "a value cannot begin with `\(letter)`; put it between quotes"
      let line = SyntaxWords.restOfLine(at: offset, in: source)
      if !source[line].contains("\""), !source[line].contains(" #") { fix = .quote(source[line], at: line) }
    }
  }

  /// The word at an offset: an error that libyaml gives a point is shown under what stands there.
  private static func token(at offset: Int, in source: Source) -> Span {
    var end = offset
    while end < source.bytes.count, !isBlankOrBreak(source.bytes[end]) { end += 1 }
    if end == offset, offset == source.bytes.count {
      while end > 0, isBlankOrBreak(source.bytes[end - 1]) { end -= 1 }
      return Span(file: source.file, start: end, end: end)
    }
    return Span(file: source.file, start: offset, end: end)
  }

  /// From an offset to the last letter of its line.
  private static func restOfLine(at offset: Int, in source: Source) -> Span {
    var end = source.lineRange(source.lineIndex(of: offset)).upperBound
    while end > offset, isBlankOrBreak(source.bytes[end - 1]) { end -= 1 }
    return Span(file: source.file, start: offset, end: max(offset, end))
  }
}

import LatchPolicy
import LatchSource

/// What to write in the place of a matcher that compares the text of a path or URL.
struct SaferMatcher {
  private(set) var fix: Fix?
  /// What to do where no edit says it.
  private(set) var help: String?

  init(_ demand: TextDemand, of test: TypedTest, _ meaning: ArgumentMeaning, in model: Model) {
    let texts = demand.operands.compactMap(\.text)
    switch demand.kind {
    case .prefix where texts.allSatisfy({ CleanPath.problem($0) == nil }) && meaning == .path:
      fix = .replace(demand.key, with: "within")
    case .glob where texts.allSatisfy({ $0.hasPrefix("/") || $0.hasPrefix("**") }) && meaning == .path:
      fix = .replace(demand.key, with: "path_glob")
    case .suffix where meaning == .path: fix = Self.endings(demand, of: test)
    case .prefix, .glob:
      fix = meaning == .url ? Self.parts(demand, of: test, in: model) : nil
    default: break
    }
    if fix == nil, meaning == .path, [.prefix, .glob].contains(demand.kind) {
      help = "paths are absolute there: `${project}/docs/**`; what a tool takes relative cannot be held to a place"
    }
  }

  /// The value of an equality in a denying place as a path with all that is below.
  static func within(_ test: TypedTest, in model: Model) -> Fix? {
    let between = Span(file: test.path.span.file, start: test.path.span.end, end: test.matcher.span.start)
    let isBare = model[between].utf8.allSatisfy { [UInt8(ascii: ":"), UInt8(ascii: " ")].contains($0) }
    let value = model[test.matcher.span]
    guard isBare, !value.isEmpty, !value.utf8.contains(UInt8(ascii: "\n")) else { return nil }
    let edits = [Edit(test.matcher.span.beginning, "{ within: "), Edit(test.matcher.span.ending, " }")]
    return Fix("write `within`", edits)
  }

  /// `suffix: .md` is `path_glob: '**/*.md'`.
  private static func endings(_ demand: TextDemand, of test: TypedTest) -> Fix? {
    var edits = [Edit(demand.key, "path_glob")]
    for operand in demand.operands {
      // A list of `values:` may serve others, too.
      guard let text = operand.text, test.matcher.span.contains(operand.span.start) else { return nil }
      let glob = (text.hasPrefix("/") ? "**" : "**/*") + globLiteral(text)
      edits.append(Edit(operand.span, singleQuoted(glob)))
    }
    return Fix("write `path_glob`", edits)
  }

  /// The beginning of a URL by its parts.
  private static func parts(_ demand: TextDemand, of test: TypedTest, in model: Model) -> Fix? {
    guard let operand = demand.operands.first, demand.operands.count == 1, operand.span == test.matcher.span,
      let text = operand.text, let pattern = WebPattern(text, isGlob: demand.kind == .glob),
      let separator = separator(before: demand.key, in: model)
    else { return nil }
    let entries = pattern.entries.map { "\($0.key): \($0.value)" }
    let span = demand.key.joined(with: operand.span)
    return Fix(
      "write \(alternatives(pattern.entries.map(\.key), "and"))", [Edit(span, entries.joined(separator: separator))])
  }

  /// What stands between keys of the map in which this one is; nil where that cannot be told.
  private static func separator(before key: Span, in model: Model) -> String? {
    let source = model.sources[Int(key.file)]
    let line = source.lineRange(source.lineIndex(of: key.start))
    let before = source.bytes[line.lowerBound..<key.start]
    if let last = before.last(where: { $0 != UInt8(ascii: " ") }) {
      return [UInt8(ascii: "{"), UInt8(ascii: ",")].contains(last) ? ", " : nil
    }
    let above = source.lineIndex(of: key.start) - 1
    guard above >= 0, source.bytes[source.lineRange(above)].last == UInt8(ascii: ":") else { return nil }
    return "\n" + String(repeating: " ", count: before.count)
  }
}

/// Text in YAML's single quotes, in which only they are written otherwise.
func singleQuoted(_ text: String) -> String {
  "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
}

/// A glob that matches the text alone.
private func globLiteral(_ text: String) -> String {
  var glob = ""
  for scalar in text.unicodeScalars {
    if "*?[]{}\\!".unicodeScalars.contains(scalar) { glob += "\\" }
    glob.unicodeScalars.append(scalar)
  }
  return glob
}

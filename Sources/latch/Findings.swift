import LatchJSON
import LatchLaunch
import LatchMCP
import LatchSource

/// Diagnostics with the texts that they speak of, as they are printed.
struct Findings {
  private let found: [Diagnostic]
  private let sources: [Source]
  /// How many warnings comments have suppressed.
  private let suppressed: Int

  init(_ found: [Diagnostic], suppressed: Int = 0, in sources: [Source]) {
    self.found = found.sortedAndUnique
    self.suppressed = suppressed
    self.sources = sources
  }

  /// `2 warnings suppressed`; nil for none.
  var countOfSuppressed: String? {
    suppressed == 0 ? nil : "\(suppressed) warning\(suppressed == 1 ? "" : "s") suppressed"
  }

  var isEmpty: Bool { found.isEmpty }
  var errors: Int { found.count { $0.severity == .error } }
  var warnings: Int { found.count { $0.severity == .warning } }

  /// For people; `toErrors` where it goes to stderr.
  func text(color: ColorChoice, toErrors: Bool = false) -> String {
    let environment = ProcessEnvironment.current()
    let terminal = toErrors ? Output.errorsAreOnTerminal : Output.resultsAreOnTerminal
    return TextRenderer(usesColor: color.isOn(terminal: terminal) { environment[$0] }).render(found, in: sources)
  }

  var json: JSONValue {
    [
      "diagnostics": .array(found.map(json)), "errors": .number(String(errors)),
      "warnings": .number(String(warnings)), "suppressed": .number(String(suppressed)),
    ]
  }

  private func json(_ finding: Diagnostic) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("code", .string("\(finding.code)")), .init("severity", .string(finding.severity.rawValue)),
      .init("message", .string(finding.message)),
    ]
    members += place(finding.span)
    members.append(.init("notes", .array(finding.notes.map(json))))
    members.append(.init("fix", finding.fix.map(json) ?? .null))
    members.append(.init("help", finding.help.map(JSONValue.string) ?? .null))
    return .object(members)
  }

  private func json(_ note: Note) -> JSONValue { .object([.init("message", .string(note.message))] + place(note.span)) }

  private func json(_ fix: Fix) -> JSONValue {
    [
      "title": .string(fix.title),
      "edits": .array(
        fix.edits.map { .object(place($0.span) + [.init("replacement", .string($0.replacement))]) }),
    ]
  }

  /// `file`, `start` and `end`; null for what is in no file.
  private func place(_ span: LatchSource.Span?) -> [JSONValue.Member] {
    guard let span, let source = sources.first(where: { $0.file == span.file }) else {
      return [.init("file", .null), .init("start", .null), .init("end", .null)]
    }
    return [
      .init("file", .string(source.path)), .init("start", source.position(of: span.start).json),
      .init("end", source.position(of: span.end).json),
    ]
  }
}

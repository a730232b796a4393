import Foundation
import LatchTestSupport
import Testing

@testable import LatchSource

/// yaml-test-suite (402 cases), held against the layer that reads events: libyaml and our checks on top of it.
///
/// Above that layer Latch refuses on purpose more than YAML does (several documents, keys that are no text, unknown
/// tags), so the suite would say nothing about it.
struct YAMLSuiteTests {
  @Test(.enabled(if: Corpus.url("yaml-test-suite") != nil, "the yaml-test-suite is not here; set LATCH_CORPUS"))
  func theSuiteIsReadAsFarAsTheListOfMissesSays() throws {
    let directory = try #require(Corpus.url("yaml-test-suite"))
    var misses: [String] = []
    let cases = try SuiteCase.all(in: directory)
    for suiteCase in cases {
      if let miss = try suiteCase.miss() { misses.append("\(suiteCase.name) \(miss)") }
    }
    print("yaml-test-suite: \(cases.count - misses.count) of \(cases.count) as expected; misses:")
    for miss in misses { print("  \(miss)") }
    #expect(cases.count == 402)
    let listed = misses.map { $0 + "\n" }.joined()
    #expect(try Golden("Fixtures/text/yaml-test-suite-misses.txt").difference(of: listed) == nil)
  }
}

/// One case of the suite.
private struct SuiteCase {
  let name: String
  let directory: URL

  static func all(in directory: URL) throws -> [SuiteCase] {
    let files = FileManager.default
    let found = (files.subpaths(atPath: directory.path) ?? []).filter { $0.hasSuffix("/in.yaml") }
    return found.map { $0.dropLast("/in.yaml".count) }.sorted().map {
      SuiteCase(name: String($0), directory: directory.appending(path: String($0)))
    }
  }

  /// Nil if the case goes as the suite says, else in what way it does not.
  func miss() throws -> String? {
    let source = Source(path: "in.yaml", bytes: Array(try Data(contentsOf: directory.appending(path: "in.yaml"))))
    let isValid = !FileManager.default.fileExists(atPath: directory.appending(path: "error").path)
    var printer = EventPrinter(source: source)
    let encoding = checkEncoding(source)
    var error: String? = encoding.found.first?.message
    if encoding.isReadable {
      error = parseEvents(of: source.bytes, from: encoding.start, isASCII: encoding.isASCII, into: &printer)?.problem
      error = error ?? printer.checks.found.first?.message
    }
    if !isValid { return error == nil ? "invalid, but read" : nil }
    if let error { return "valid, but refused: \(error)" }
    let expected = String(decoding: try Data(contentsOf: directory.appending(path: "test.event")), as: UTF8.self)
    return printer.text == expected ? nil : "valid, but read otherwise"
  }
}

/// Writes events as the suite does.
private struct EventPrinter: YAMLEventReceiver {
  let source: Source
  var checks: SyntaxChecks
  var text = ""

  init(source: Source) {
    self.source = source
    checks = SyntaxChecks(source: source, from: 0)
  }

  mutating func receive(_ event: borrowing YAMLEvent, value: Swift.Span<UInt8>) -> Bool {
    let content = contentPlace(of: event, in: source.bytes)
    checks.see(event, content: content, value: value)
    let properties = properties(event)
    switch event.kind {
    case .streamStart: text += "+STR\n"
    case .streamEnd: text += "-STR\n"
    case .documentStart: text += event.isExplicit ? "+DOC ---\n" : "+DOC\n"
    case .documentEnd: text += event.isExplicit ? "-DOC ...\n" : "-DOC\n"
    case .mappingStart: text += "+MAP\(event.style == .flow ? " {}" : "")\(properties)\n"
    case .mappingEnd: text += "-MAP\n"
    case .sequenceStart: text += "+SEQ\(event.style == .flow ? " []" : "")\(properties)\n"
    case .sequenceEnd: text += "-SEQ\n"
    case .alias: text += "=ALI *\(String(decoding: event.anchor ?? [], as: UTF8.self))\n"
    case .scalar:
      let bytes = value.indices.map { value[$0] }
      text += "=VAL\(properties) \(mark(event.style))\(escaped(String(decoding: bytes, as: UTF8.self)))\n"
    }
    return true
  }

  private func properties(_ event: borrowing YAMLEvent) -> String {
    var text = ""
    if let anchor = event.anchor { text += " &" + String(decoding: anchor, as: UTF8.self) }
    if let tag = event.tag { text += " <\(String(decoding: tag, as: UTF8.self))>" }
    return text
  }

  private func mark(_ style: YAMLStyle) -> String {
    switch style {
    case .singleQuoted: "'"
    case .doubleQuoted: "\""
    case .literal: "|"
    case .folded: ">"
    case .plain, .block, .flow: ":"
    }
  }

  private func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": escaped += "\\\\"
      case "\n": escaped += "\\n"
      case "\t": escaped += "\\t"
      case "\r": escaped += "\\r"
      case "\u{8}": escaped += "\\b"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}

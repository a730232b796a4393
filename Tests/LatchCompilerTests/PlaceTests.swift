import LatchCompiler
import LatchSource
import Testing

/// Where a finding points: the text under its span.
@Suite("The text under the span")
struct PlaceTests {
  private func places(_ code: DiagnosticCode, in text: String) -> [String] {
    let source = Source(path: "latch.yaml", text: text)
    return found(in: text).filter { $0.code == code }.compactMap { $0.span.map { source[$0] } }
  }

  private func rule(_ line: String) -> String {
    "version: 1\nname: demo\nupstreams: { fs: { command: server } }\nrules:\n  - id: a\n    effect: deny\n    \(line)\n"
  }

  @Test("An unknown key is the key, quoted or not")
  func unknownKey() {
    #expect(places("L1001", in: rule("klass: read")) == ["klass"])
    #expect(places("L1001", in: rule("\"klass\": read")) == ["\"klass\""])
    #expect(places("L1001", in: rule("when: { x: { globb: a } }")) == ["globb"])
  }

  @Test("A bad value is the value, in a list the element")
  func badValue() {
    #expect(places("L1004", in: rule("class: raed")) == ["raed"])
    #expect(places("L1004", in: rule("class: [read, 'raed']")) == ["'raed'"])
  }

  @Test("An unknown name is the name, and its fix replaces it alone")
  func unknownName() throws {
    let text = rule("upstream: ['*', fz]")
    #expect(places("L2104", in: text) == ["fz"])
    let fix = try #require(found(in: text).first { $0.code == "L2104" }?.fix)
    let source = Source(path: "latch.yaml", text: text)
    let mended = String(decoding: try apply(fix.edits, to: source), as: UTF8.self)
    #expect(mended == text.replacing("fz", with: "fs"))
  }

  @Test("A bad reference is the reference, not the whole text around it")
  func badReference() {
    let text = "version: 1\nname: demo\nupstreams:\n  fs:\n    command: server\n    env: { A: \"a ${evn:B} c\" }\n"
    #expect(places("L3004", in: text) == ["${evn:B}"])
  }

  @Test("In a text with escapes the whole text is meant, since offsets in it are not those of the file")
  func escapedText() {
    let text = "version: 1\nname: demo\nupstreams:\n  fs:\n    command: server\n    env: { A: \"\\x41 ${evn:B}\" }\n"
    #expect(places("L3004", in: text) == ["\"\\x41 ${evn:B}\""])
  }

  @Test("What an alias brings in is blamed where the alias stands or where it was written, never elsewhere")
  func alias() {
    let text = rule("class: &c raed\n  - id: b\n    effect: deny\n    class: *c")
    #expect(places("L1004", in: text).allSatisfy { ["raed", "*c"].contains($0) })
    #expect(!places("L1004", in: text).isEmpty)
  }
}

/// One mistake, one finding.
@Suite("No cascades")
struct CascadeTests {
  private func codes(_ text: String) -> [String] {
    found(in: text).filter { $0.severity == .error }.map { "\($0.code)" }
  }

  @Test("A misspelled key is not also a missing one")
  func misspelledKey() {
    #expect(codes("version: 1\nname: demo\nrules:\n  - { id: a, efect: deny }\n") == ["L1001"])
    #expect(codes("version: 1\nname: demo\nupstreams: { a: { comand: x } }\n") == ["L1001"])
  }

  @Test("A broken upstream is still known to rules")
  func brokenUpstream() {
    let text =
      "version: 1\nname: demo\nupstreams: { fs: [server] }\nrules:\n  - { id: a, effect: deny, upstream: fs }\n"
    #expect(codes(text) == ["L1002"])
  }

  @Test("What a syntax error has swallowed is not called unknown")
  func syntaxError() {
    let text =
      "version: 1\nname: demo\nupstreams:\n  fs: { command: [\nrules:\n  - { id: a, effect: deny, upstream: fs }\n"
    #expect(codes(text).allSatisfy { $0.hasPrefix("L0") })
    #expect(!codes(text).isEmpty)
  }

  @Test("A tool of an upstream that does not exist is not looked for")
  func unknownUpstream() {
    let text = "version: 1\nname: demo\nrules:\n  - { id: a, effect: deny, upstream: fs, tool: x }\n"
    #expect(codes(text) == ["L2104"])
  }

  @Test("A word of YAML 1.1 in the place of a truth value is one mistake")
  func truthWord() {
    let text = "version: 1\nname: demo\nrules:\n  - { id: a, effect: deny, enabled: no }\n"
    #expect(found(in: text).map { "\($0.code)" } == ["L1002"])
  }

  @Test(
    "A file that is empty, a list or a text is one mistake", arguments: ["", "# nothing\n", "- a\n", "text\n", "~\n"])
  func notAMap(_ text: String) {
    #expect(codes(text).count == 1, "\(found(in: text))")
  }
}

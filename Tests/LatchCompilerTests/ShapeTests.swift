import LatchCompiler
import LatchSource
import Testing

/// What is said of values of the wrong shape, and that fixes mend them.
@Suite("Values of the wrong shape")
struct ShapeTests {
  private func file(_ rest: String) -> String { "version: 1\nname: demo\n\(rest)\n" }
  private func rule(_ keys: String) -> String { file("rules:\n  - { id: a, effect: deny, \(keys) }") }

  private func errors(_ text: String) -> [Diagnostic] { found(in: text).filter { $0.severity == .error } }

  /// What replaces the value that is refused, if there is a fix.
  private func replacement(_ text: String) -> String? { errors(text).first?.fix?.edits.first?.replacement }

  @Test("The version is a number")
  func version() {
    let text = "version: \"1\"\nname: demo\n"
    #expect(errors(text).map(\.message) == ["`version` must be a number, not text"])
    #expect(replacement(text) == "1")
    #expect(errors("version: \"2\"\nname: demo\n").map { "\($0.code)" } == ["L1004"])
  }

  @Test("A number where text or something else can stand is put in quotes, if the text would do")
  func numbers() {
    let upstream = { (keys: String) in self.file("upstreams: { fs: { command: server, \(keys) } }") }
    #expect(errors(upstream("env: { PORT: 8080 }")).map(\.message) == ["`PORT` must be text or a map, not a number"])
    #expect(replacement(upstream("env: { PORT: 8080 }")) == "\"8080\"")
    #expect(replacement(upstream("env: { DEBUG: true }")) == "\"true\"")
    #expect(replacement(upstream("env: { PORT: [8080] }")) == nil)
    #expect(replacement(rule("tool: 7")) == "\"7\"")
    #expect(replacement(rule("class: 7")) == nil)
    #expect(errors(rule("class: 7")).map(\.message) == ["`class` must be text or a list, not a number"])
  }

  @Test("A number where a duration is wanted is told so once, without a fix that would be refused too")
  func durations() {
    let text = rule("limit: { calls: 1, per: 90 }")
    #expect(errors(text).map { "\($0.code)" } == ["L1005"])
    #expect(errors(text).first?.message.hasPrefix("`90` in `per` is not a duration: a whole number and a unit") == true)
    #expect(replacement(text) == nil)
    #expect(replacement(file("upstreams: { fs: { command: server, timeout: 5 } }")) == nil)
  }

  @Test("A port is a number, and a bad one is refused once")
  func ports() {
    #expect(errors(rule("when: { u: { port: \"443\" } }")).map(\.message) == ["`port` must be a number, not text"])
    #expect(replacement(rule("when: { u: { port: \"443\" } }")) == "443")
    #expect(errors(rule("when: { u: { port: [80, \"443\"] } }")).map { "\($0.code)" } == ["L1002"])
    #expect(errors(rule("when: { u: { port: 70000 } }")).map { "\($0.code)" } == ["L1006"])
    let word = errors(rule("when: { u: { port: https } }"))
    #expect(word.map { "\($0.code)" } == ["L1005"])
    #expect(word.first?.message.hasPrefix("`https` is not a port: a whole number up to 65535") == true)
    let list = file("values: { p: [70000] }\nrules: [{ id: a, effect: deny, when: { u: { port: $p } } }]")
    #expect(errors(list).map { "\($0.code)" } == ["L3108"])
  }

  @Test("What is there already is not suggested once more")
  func twins() {
    #expect(replacement(rule("class: [read, raed]")) == nil)
    #expect(errors(rule("class: [read, raed]")).first?.message.contains("did you mean") == false)
    #expect(replacement(rule("class: [write, raed]")) == "read")
    #expect(replacement(rule("efect: allow")) == nil)
    #expect(replacement(rule("clas: read")) == "class")
    #expect(replacement(file("defaults: { classes: { read: allow, raed: deny } }")) == nil)
    let upstreams = "upstreams: { git: { command: server } }\n"
    #expect(replacement(file(upstreams + "rules: [{ id: a, effect: deny, upstream: [git, gitt] }]")) == nil)
    #expect(replacement(file(upstreams + "rules: [{ id: a, effect: deny, upstream: [gitt] }]")) == "git")
  }

  @Test("Of a list in which one element is empty that element is told")
  func emptyElements() {
    #expect(
      errors(rule("when: { any_of: [{ a: b }, {}] }")).map(\.message) == [
        "element 2 of `any_of` is empty; write what it should hold or leave it out"
      ])
    #expect(errors(rule("when: { any_of: [] }")).first?.message.hasPrefix("`any_of` is empty") == true)
    let include = errors(file("include: [a.yaml, \"\"]")).map(\.message)
    #expect(include.contains { $0.hasPrefix("element 2 of `include` is empty") })
  }
}

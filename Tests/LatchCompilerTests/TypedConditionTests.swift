import LatchJSON
import LatchSource
import Testing

@Suite("Conditions beside the locked schemas")
struct TypedConditionTests {
  private let text: JSONValue = ["type": "string"]

  private func schema(_ members: (String, JSONValue)..., required: [String] = []) -> JSONValue {
    [
      "properties": .object(members.map { .init($0.0, $0.1) }),
      "required": .array(required.map(JSONValue.string)),
    ]
  }

  private var two: ConditionProject {
    ConditionProject(tools: [
      ("write_file", schema(("path", text), ("mode", ["type": "integer"]), required: ["path", "mode"])),
      ("move_file", schema(("source", text), ("mode", text), required: ["mode"])),
    ])
  }

  @Test("A tool that a glob selects may lack the argument; one that is named may not")
  func lacking() throws {
    #expect(try two.codes(when: "{ path: { within: /srv } }").isEmpty)
    let found = try two.found(when: "{ path: { within: /srv } }", tool: "[write_file, move_file]")
    #expect(found.map(\.code) == ["L3102"])
    #expect(found.first?.message.contains("`move_file` has no argument `path`") == true)
    #expect(try two.codes(when: "{ file: { within: /srv } }") == ["L3102"])
  }

  @Test("A named tool may lack an argument without which the condition can still hold")
  func lackingWithoutHarm() throws {
    let both = "[write_file, move_file]"
    for condition in [
      "{ any_of: [{ path: { within: /srv } }, { source: { within: /srv } }] }",
      "{ none_of: [{ path: { within: /srv } }] }", "{ path: { not: { within: /srv } } }",
      "{ path: { present: false } }",
    ] {
      let codes = try two.codes(when: condition, tool: both)
      #expect(!codes.contains("L3102"), "\(condition)")
    }
  }

  @Test("Where only some tools have a type that can be read, those are named whose calls would be refused")
  func refused() throws {
    let found = try two.found(when: "{ mode: { min: 3 } }")
    #expect(found.map(\.code) == ["L3103"])
    #expect(found.first?.message.contains("`move_file`") == true)
    #expect(found.first?.message.contains("write_file") == false)
    #expect(try two.codes(when: "{ mode: { min: 3, type: [number, string] } }").isEmpty)
    #expect(try two.codes(when: "{ mode: ['644', 420] }").isEmpty)
  }

  @Test("What is found of many tools is said once, with a few of their names")
  func once() throws {
    let tools = (1...7).map { ("write_\($0)", schema(("path", text))) }
    let found = try ConditionProject(tools: tools).found(when: "{ pth: { within: /srv } }")
    #expect(found.count == 1)
    #expect(found.first?.message.contains("`write_1`, `write_2`, `write_3` and 4 more tools") == true)
    #expect(found.first?.fix?.edits.first?.replacement == "path")
  }

  @Test("A rule without a tool's name speaks of resources, too")
  func resources() throws {
    let rule = "  - { id: a, effect: allow, when: { uri: { within: /srv } } }"
    #expect(try !two.found(rule).map(\.code).contains("L3102"))
    #expect(try two.codes(when: "{ uri: { within: /srv } }", tool: "write_file") == ["L3102"])
  }

  @Test(
    "Matchers beside each other that agree or differ in what they read are left alone",
    arguments: [
      "{ path: { within: /srv, suffix: .md } }", "{ path: { path_glob: '/srv/**', not: { path_glob: '**/.git/**' } } }",
      "{ path: { not: x } }", "{ any_of: [{ mode: 1 }, { mode: 2 }] }", "{ mode: { min: 1, max: 9 } }",
      "{ path: { within: ['${project}', /srv], path_glob: '**/*.md' } }",
    ])
  func agreeing(_ condition: String) throws {
    #expect(try two.codes(when: condition, tool: "write_file").filter { $0 != "L3118" }.isEmpty)
  }

  @Test("Nothing is said of leaving out what the schema asks for, has a default for, or another rule catches")
  func leftOut() throws {
    let optional = ConditionProject(tools: [("push_thing", schema(("branch", text)))])
    #expect(try optional.codes(when: "{ branch: main }") == ["L3118"])
    #expect(try optional.codes(when: "{ branch: main }", effect: "require_approval").isEmpty)
    #expect(try optional.codes(when: "{ branch: { not: develop } }").isEmpty)
    let required = ConditionProject(tools: [("push_thing", schema(("branch", text), required: ["branch"]))])
    #expect(try required.codes(when: "{ branch: main }").isEmpty)
    let defaulted = ConditionProject(tools: [
      ("push_thing", schema(("branch", ["type": "string", "default": "develop"])))
    ])
    #expect(try defaulted.codes(when: "{ branch: main }").isEmpty)
    let caught =
      "  - { id: a, effect: deny, when: { branch: main } }\n"
      + "  - { id: b, effect: deny, when: { branch: { present: false } } }"
    #expect(try optional.found(caught).isEmpty)
    var closed = optional
    closed.defaults = "{ effect: deny }"
    #expect(try closed.codes(when: "{ branch: main }").isEmpty)
  }
}

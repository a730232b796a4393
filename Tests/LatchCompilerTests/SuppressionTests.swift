import LatchCompiler
import LatchJSON
import LatchSource
import Testing

@Suite("Comments that suppress warnings")
struct SuppressionTests {
  private let tool = #"{"name": "run_thing", "inputSchema": {"properties": {"a": {"type": "string"}}}}"#

  /// `above` and `behind` stand about the line with the careless effect.
  private func project(above: String = "", behind: String = "") throws -> ProjectFiles {
    var lines = ["version: 1", "name: demo", "upstreams: { fs: { command: server } }", "rules:", "  - id: runs"]
    if !above.isEmpty { lines.append("    \(above)") }
    lines += ["    effect: allow \(behind)", "    tool: run_thing"]
    let tool = try LockedTool(definition: .init(parsing: Array(tool.utf8)), trustAnnotations: false)
    let lock = LockFile(
      upstreams: [LockedUpstream(name: "fs", server: nil, instructionsDigest: nil, tools: [tool])])
    return ProjectFiles(lines.joined(separator: "\n"), lock: lock.text)
  }

  private func codes(_ files: ProjectFiles, honours: Bool = true) -> (told: [String], suppressed: [String]) {
    var settings = testSettings
    settings.honoursSuppressions = honours
    let examination = examine(files, settings: settings)
    return (examination.outcome.found.map(\.code.description), examination.suppressed.map(\.code.description))
  }

  private let comment = "# latch: allow L3106 because it only lists"

  @Test("A comment at the end of the line or above it suppresses the warning, and is counted")
  func suppresses() throws {
    #expect(codes(try project()).told == ["L3106"])
    for files in [try project(above: comment), try project(behind: comment)] {
      let found = codes(files)
      #expect(found.told.isEmpty)
      #expect(found.suppressed == ["L3106"])
    }
  }

  /// A project with a careless rule `runs`, and whatever else.
  private func project(rules: String) throws -> ProjectFiles {
    let tool = try LockedTool(definition: .init(parsing: Array(tool.utf8)), trustAnnotations: false)
    let lock = LockFile(upstreams: [LockedUpstream(name: "fs", server: nil, instructionsDigest: nil, tools: [tool])])
    return ProjectFiles(
      "version: 1\nname: demo\nupstreams: { fs: { command: server } }\n\(rules)\n", lock: lock.text)
  }

  @Test(
    "A comment at a rule's first line is about the whole rule, and about no other",
    arguments: [
      "rules:\n  #\n  - id: r7\n    tool: run_thing\n    effect: allow\n",
      "rules:\n  #\n  # twice\n\n  - id: r7\n    tool: run_thing\n    # why\n    effect: allow\n",
      "rules:\n  - id: r7 #\n    tool: run_thing\n    effect: allow\n",
      "rules:\n  #\n  -\n    id: r7\n    tool: run_thing\n    effect: allow\n",
      "rules:\n  - #\n    id: r7\n    tool: run_thing\n    effect: allow\n",
      "rules:\n  #\n  - { id: r7, tool: run_thing,\n      effect: allow }\n",
      "rules: [\n  #\n  { id: r7, tool: run_thing,\n    effect:\n      allow }]\n",
      "rules:\n  - id: r7\n    tool: run_thing\n    #\n    effect:\n      allow\n",
    ])
  func wholeRule(_ rules: String) throws {
    let commented = rules.replacing("#\n", with: "\(comment)\n", maxReplacements: 1)
    #expect(codes(try project(rules: commented)).told == [])
    #expect(codes(try project(rules: commented)).suppressed == ["L3106"])
    let isFlow = commented.contains("]")
    let next = (isFlow ? "  " : "  - ") + "{ id: r8, tool: run_thing, effect: allow }" + (isFlow ? "]" : "")
    let both = codes(try project(rules: commented.replacing("]", with: ",") + next))
    #expect(both.told == ["L3106"] && both.suppressed == ["L3106"])
  }

  @Test("A comment above a section is about its line alone, and says where it belongs")
  func sections() throws {
    for section in ["\(comment)\nrules:", "rules: \(comment)"] {
      let files = try project(rules: "\(section)\n  - id: r7\n    tool: run_thing\n    effect: allow")
      let examination = examine(files, settings: testSettings)
      #expect(examination.suppressed.isEmpty)
      #expect(examination.outcome.found.map(\.code) == ["L3119", "L3106"])
      #expect(examination.outcome.found.first?.message.contains("right above what is warned of") == true)
    }
    let observed = "\(comment.replacing("L3106", with: "L3501"))\ndefaults:\n  effect: deny\n  observe: true"
    #expect(codes(try project(rules: observed)).suppressed == ["L3501"])
  }

  @Test("What one comment suppresses, another at the same place need not")
  func repeated() throws {
    for comments in ["\(comment)\n    \(comment)", "# latch: allow L3106, L3106 because it only lists"] {
      let examination = examine(try project(above: comments), settings: testSettings)
      #expect(examination.suppressed.count == 1)
      #expect(examination.outcome.found.map(\.code) == ["L3119"])
      #expect(examination.outcome.found.first?.message.contains("already") == true)
    }
  }

  @Test("A warning that several comments are about is suppressed once, and none of them is idle")
  func nested() throws {
    let rules = "rules:\n  \(comment)\n  - id: r7\n    tool: run_thing\n    \(comment)\n    effect: allow"
    let found = codes(try project(rules: rules))
    #expect(found.told.isEmpty && found.suppressed == ["L3106"])
  }

  @Test("Where they are not to count, nothing is suppressed")
  func dishonoured() throws {
    let found = codes(try project(above: comment), honours: false)
    #expect(found.told == ["L3106"] && found.suppressed.isEmpty)
  }

  @Test(
    "A comment that gives no reason, no code, or a code that is none suppresses nothing and is warned of",
    arguments: [
      "# latch: allow L3106", "# latch: allow L3106 because", "# latch: allow because so", "# latch: L3106",
      "#  latch:allow L3107 because so", "# latch: allow L9999 because so", "# latch: allow L3103 because so",
      "# latch: allow L31060 because so",
    ])
  func idle(_ comment: String) throws {
    let found = codes(try project(above: comment))
    #expect(Set(found.told) == ["L3106", "L3119"], "\(comment)")
    #expect(found.suppressed.isEmpty)
  }

  @Test(
    "A comment that is not for Latch is left alone", arguments: ["# latch is strict", "# see latch: x", "#: latch:"])
  func others(_ comment: String) throws { #expect(codes(try project(above: comment)).told == ["L3106"]) }

  @Test("That there is no lock cannot be suppressed, since nothing can be built without one")
  func noLock() throws {
    let text = """
      version: 1
      name: demo
      upstreams:
        # latch: allow L4001 because it comes later
        git: { command: server }
      """
    #expect(Set(codes(ProjectFiles(text)).told) == ["L3119", "L4001"])
    #expect(compile(ProjectFiles(text), settings: testSettings).value == nil)
  }

  @Test("Text that looks like a comment is none")
  func inText() throws {
    let text = """
      version: 1
      name: demo
      rules:
        - id: a
          effect: deny
          reason: "x # latch: allow L3106 because so"
          description: |
            # latch: allow L3106 because so
          when: { a: 'y # latch: nothing' }
      """
    #expect(codes(ProjectFiles(text)).told.isEmpty)
  }
}

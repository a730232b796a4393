import LatchCompiler
import LatchJSON
import LatchPolicy
import LatchSchema
import LatchSource
import Testing

@Suite struct LockTests {
  private static let write: JSONValue = [
    "name": "write_file", "description": "Writes a file.\u{200B}",
    "inputSchema": [
      "type": "object", "required": ["path"],
      "properties": ["path": ["type": "string"], "content": ["type": "string"]],
    ],
    "annotations": ["destructiveHint": true], "title": "Write", "_meta": ["x": [1, 2, .number("1.50")]],
    "execution": ["taskSupport": "optional"],
  ]
  private static let modern: JSONValue = [
    "name": "write_file", "description": "Writes a file.", "inputSchema": ["type": "object"], "title": "Write",
    "annotations": ["destructiveHint": true], "_meta": ["x": [1, 2, .number("1.50")]], "icons": [],
  ]

  private func lock() throws -> LockFile {
    LockFile(upstreams: [
      LockedUpstream(name: "z", server: nil, instructionsDigest: nil, tools: []),
      LockedUpstream(
        name: "files", server: "secure-fs", instructionsDigest: LockedUpstream.digest(ofInstructions: "Be careful."),
        tools: [
          try LockedTool(
            definition: Self.write, others: [("2026-07-28", Self.modern), ("2025-06-18", Self.write)],
            trustAnnotations: false),
          try LockedTool(definition: ["name": "list_files"], trustAnnotations: false),
        ]),
    ])
  }

  private func read(_ text: String) -> Outcome<LockFile> { readLock(Source(path: "latch.lock", text: text)) }

  @Test func `a lock is read as what was written, and written the same again`() throws {
    let text = try lock().text
    let outcome = read(text)
    #expect(outcome.found == [])
    let again = try #require(outcome.value)
    #expect(again.text == text)
    let tool = try #require(again.upstream(named: "files")?.tool(named: "write_file"))
    #expect(tool.definition.isSameJSON(as: Self.write))
    #expect(tool.inferredClass == .write && tool.inputSchema?["type"]?.string == "object")
    #expect(tool.revisions.map(\.revision) == ["2026-07-28"])
    #expect(tool.revisions[0].definition.isSameJSON(as: Self.modern))
    #expect(try tool.digests == [ToolDigest.of(Self.write), ToolDigest.of(Self.modern)].sorted())
  }

  @Test func `a tool is a block that a reviewer reads from its name down`() throws {
    let text = try lock().text
    #expect(
      text.hasPrefix("{\n  \"version\": 1,\n  \"upstreams\": [\n    {\n      \"name\": \"files\",\n      \"server\""))
    let order = [
      "\"name\": \"list_files\"", "\"name\": \"write_file\"", "\"class\": \"write\"", "\"reason\"",
      "\"digest\"", "\"description\"", "\"inputSchema\"", "\"annotations\"", "\"other\"", "\"revisions\"",
    ]
    var rest = text[...]
    for member in order {
      let found = try #require(rest.firstRange(of: member), "\(member)")
      rest = rest[found.upperBound...]
    }
    #expect(text.contains(#"Writes a file.\u200b"#))
  }

  @Test func `the order in which a server sends tools and members does not show`() throws {
    var members = try #require(Self.write.object)
    members.reverse()
    let turned = try LockedTool(definition: .object(members), trustAnnotations: false)
    let straight = try LockedTool(definition: Self.write, trustAnnotations: false)
    let texts = [turned, straight].map { tool in
      LockFile(upstreams: [LockedUpstream(name: "a", server: nil, instructionsDigest: nil, tools: [tool])]).text
    }
    #expect(texts[0] == texts[1])
  }

  /// A careless author, or a repository that hopes nobody looks.
  @Test(arguments: [
    (#""type": "string""#, #""type": "number""#), (#"Writes a file."#, #"Reads a file."#),
    (#""destructiveHint": true"#, #""destructiveHint": false"#), (#""title": "Write""#, #""title": "Read""#),
    (#""icons": []"#, #""icons": [1]"#), (#""required": ["#, #""dependentRequired": ["#),
    (#""name": "write_file""#, #""name": "read_file""#), (#""without": ["#, #""without": ["title","#),
    ("sha256:", "sha256:0000"),
  ])
  func `an edited definition or digest is found, and sync is named`(old: String, new: String) throws {
    let text = try lock().text
    let edited = text.replacing(old, with: new, maxReplacements: 1)
    try #require(edited != text)
    let outcome = read(edited)
    #expect(outcome.hasErrors)
    #expect(outcome.found.allSatisfy { $0.help?.contains("latch sync") == true && $0.span != nil })
  }

  @Test func `the digest that is wrong is pointed at`() throws {
    let text = try lock().text.replacing("\"Write\"", with: "\"Read\"")
    let found = read(text).found
    #expect(found.map(\.code) == ["L4004"])
    let span = try #require(found.first?.span)
    #expect(Source(path: "latch.lock", text: text)[span].hasPrefix("\"sha256:"))
  }

  @Test func `a reason that the definition does not give is found, and pointed at`() throws {
    let text = "version: 1\nname: demo\nupstreams: { files: { command: server }, z: { command: server } }\n"
    let lock = try lock().text
    #expect(LatchCompilerTests.found(in: text, lock: lock).isEmpty)
    let edited = lock.replacing("`write` in the name", with: "a person looked at it")
    let found = LatchCompilerTests.found(in: text, lock: edited)
    #expect(found.map(\.code) == ["L4004"])
    #expect(found.first?.message.contains("`write` in the name") == true)
    let span = try #require(found.first?.span)
    #expect(Source(path: "latch.lock", text: edited)[span] == "\"a person looked at it\"")
  }

  @Test func `trusting annotations, or no more, is no change made by hand`() throws {
    let lock = try lock().text
    for trusts in [true, false] {
      let upstream = "{ command: server, trust_annotations: \(trusts) }"
      let text = "version: 1\nname: demo\nupstreams: { files: \(upstream), z: \(upstream) }\n"
      let found = LatchCompilerTests.found(in: text, lock: lock)
      #expect(!found.contains { $0.code == "L4004" && $0.message.contains("reason") })
    }
  }

  @Test(arguments: [
    "", "[]", "{", "{}", "null", #"{"version":1}"#, #"{"version":2,"upstreams":[]}"#,
    #"{"version":1.0,"upstreams":[]}"#,
    #"{"version":1,"upstreams":{}}"#, #"{"version":1,"upstreams":[1]}"#, #"{"version":1,"upstreams":[],"x":1}"#,
    #"{"version":1,"upstreams":[{"name":1,"tools":[]}]}"#, #"{"version":1,"upstreams":[{"name":"a"}]}"#,
    #"{"version":1,"upstreams":[{"name":"a","tools":[]},{"name":"a","tools":[]}]}"#,
    #"{"version":1,"upstreams":[{"name":"a","tools":[],"instructions":"sha256:x"}]}"#,
    #"{"version":1,"upstreams":[{"name":"a","tools":[{"name":"t"}]}]}"#,
    #"{"version":1,"version":1,"upstreams":[]}"#,
  ])
  func `what is no lock is refused with a place and the way out`(text: String) {
    let found = read(text).found
    #expect(!found.isEmpty)
    #expect(found.allSatisfy { $0.code == "L4003" && $0.span != nil && $0.help?.contains("latch sync") == true })
    #expect(found.allSatisfy { ($0.span?.end ?? 0) <= text.utf8.count })
  }

  @Test func `an unknown class and a stray member of other are refused`() throws {
    let text = try lock().text
    #expect(read(text.replacing(#""class": "write""#, with: #""class": "harmless""#)).found.map(\.code) == ["L4003"])
    #expect(read(text.replacing(#""other": {"#, with: #""other": {"name":"x","#)).hasErrors)
    #expect(
      read(text.replacing(#""other": {"#, with: #""other": [{"#).replacing("},\n          \"rev", with: "}],\n\"rev"))
        .hasErrors)
  }

  @Test func `a definition that cannot be pinned is not locked`() {
    #expect(throws: LockError.notAnObject) { try LockedTool(definition: [], trustAnnotations: false) }
    #expect(throws: LockError.withoutName) { try LockedTool(definition: ["name": 1], trustAnnotations: false) }
    #expect(throws: LockError.self) {
      try LockedTool(definition: ["name": "x", "y": .number("1e999")], trustAnnotations: false)
    }
    #expect(throws: LockError.otherName(tool: "x", revision: "r")) {
      try LockedTool(definition: ["name": "x"], others: [("r", ["name": "y"])], trustAnnotations: false)
    }
  }
}

@Suite struct LockSchemaTests {
  @Test func `what is written is what the schema says`() throws {
    let tool = try LockedTool(
      definition: ["name": "t", "inputSchema": true, "title": "T"],
      others: [("2026-07-28", ["name": "t", "description": "x"])], trustAnnotations: false)
    let lock = LockFile(upstreams: [
      LockedUpstream(
        name: "a", server: "s", instructionsDigest: LockedUpstream.digest(ofInstructions: ""), tools: [tool])
    ])
    let document = try JSONDocument(parsing: Array(lock.text.utf8))
    #expect(EmbeddedSchema.lock.schema.failures(of: document) == [])
    let wrong = try JSONDocument(parsing: Array(lock.text.replacing("sha256:", with: "sha1:").utf8))
    #expect(!EmbeddedSchema.lock.schema.isValid(wrong))
  }

  @Test func `every place of the schema has a title, a description and examples that hold`() throws {
    let schema = try JSONValue(parsing: EmbeddedSchema.lockBytes)
    let definitions = try #require(schema["$defs"]?.object)
    for place in [schema] + definitions.map(\.value) {
      for member in place["properties"]?.object ?? [] {
        #expect(member.value["title"] != nil && member.value["description"] != nil, "\(member.name)")
        #expect(member.value["examples"] != nil, "\(member.name)")
      }
    }
    for example in schema["examples"]?.array ?? [] {
      #expect(EmbeddedSchema.lock.schema.failures(of: example.document()) == [])
    }
  }
}

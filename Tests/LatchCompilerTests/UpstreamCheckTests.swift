import LatchCompiler
import LatchJSON
import LatchSource
import Testing

/// What `latch sync` and `latch trust` ask before they start anything.
@Suite("What stands against starting upstreams")
struct UpstreamCheckTests {
  private func codes(_ files: ProjectFiles) -> [String] {
    checkUpstreams(of: files, settings: testSettings).found.map(\.code.description)
  }

  private func project(_ upstream: String, rules: String = "[]", include: String = "") -> String {
    "version: 1\nname: demo\n\(include)\nupstreams: { fs: \(upstream) }\nrules: \(rules)\n"
  }

  private let tool = """
    {"name": "read_file", "class": "write", "reason": "none", "digest": "sha256:00", "inputSchema": {"type": "obj"}}
    """

  private func lock(_ tools: String) -> String {
    #"{"version": 1, "upstreams": [{"name": "fs", "tools": [\#(tools)]}]}"#
  }

  @Test("Mistakes of the lock and in rules do not, whatever there is to be started")
  func noHindrance() throws {
    let rules = "[{ id: a, effect: deny, tool: [read_file, reed], client: nobody, when: { pth: { within: x } } }]"
    for lock in [lock(tool), lock(tool + "," + tool), lock(""), "", "{", #"{"version": 2}"#, "\u{FF}", nil] {
      let files = ProjectFiles(project("{ command: server }", rules: rules), lock: lock)
      #expect(check(files, settings: testSettings).hasErrors)
      #expect(codes(files) == [], "\(lock ?? "no lock")")
      let model = try #require(checkUpstreams(of: files, settings: testSettings).accepted)
      #expect(model.upstreams.map(\.name) == ["fs"])
    }
  }

  @Test(
    "Mistakes in what is started do",
    arguments: [
      ("{}", "L3001"), ("{ command: server, headers: { A: b } }", "L3002"), ("{ command: '${env:A}' }", "L3003"),
      ("{ command: server, env: { A: '${evn:B}' } }", "L3004"), ("{ command: server, args: ['-${project}'] }", "L3005"),
      ("{ url: 'https://a@b/' }", "L3006"), ("{ url: 'http://example.com/' }", "L3007"),
      ("{ command: server, env: { TOKEN: ghp_0123456789abcdefghijABCDEFGHIJ012345 } }", "L3008"),
      ("{ url: 'https://example.com/', headers: { A: b, a: b } }", "L3009"),
      ("{ command: server, args: ['${env:A}'] }", "L3010"),
      ("{ command: server, env: { A: { command: [op, read] } } }", "L3011"), ("{ comand: server }", "L1001"),
    ])
  func hindrance(_ upstream: String, _ code: String) {
    let files = ProjectFiles(project(upstream), lock: lock(tool))
    #expect(codes(files) == [code])
    #expect(checkUpstreams(of: files, settings: testSettings).accepted == nil)
  }

  @Test("So does what leaves open which upstreams there are")
  func whichThereAre() throws {
    let root = project("{ command: server }", include: "include: [more.yaml]")
    #expect(codes(try ProjectFiles(["latch.yaml": Array(root.utf8)])) == ["L2201"])
    let more = "version: 1\nupstreams: { fs: { command: other } }\n"
    #expect(codes(try ProjectFiles(["latch.yaml": Array(root.utf8), "more.yaml": Array(more.utf8)])) == ["L2001"])
    let linked = project("{ command: server }", include: "include: [../more.yaml]")
    #expect(codes(try ProjectFiles(["latch.yaml": Array(linked.utf8)])) == ["L2202"])
  }
}

import LatchCompiler
import LatchSource
import Testing

@Suite("Included files")
struct IncludeTests {
  private func paths(
    _ include: String, _ files: [String], kinds: [String: DirectoryEntry.Kind] = [:]
  ) -> (paths: [String], found: [String]) {
    let root = ProjectFile(path: "latch.yaml", bytes: Array("version: 1\nname: a\ninclude: [\(include)]\n".utf8))
    let result = findIncludes(in: root) { directory in
      #expect(!directory.hasPrefix("/") && !directory.contains(".."))
      return listing(of: directory, in: files).map { entry in
        let path = directory.isEmpty ? entry.name : "\(directory)/\(entry.name)"
        return DirectoryEntry(name: entry.name, kind: kinds[path] ?? entry.kind)
      }
    }
    return (result.paths, result.found.map { "\($0.code) \($0.message.split(separator: "`")[0])" })
  }

  @Test("Globs name files below the project, sorted, each once, never latch.yaml itself")
  func globs() {
    let files = ["latch.yaml", "b.yaml", "p/a.yaml", "p/q/c.yaml", "p/x.txt", ".hidden/d.yaml"]
    #expect(paths("'*.yaml'", files).paths == ["b.yaml"])
    #expect(paths("'**/*.yaml', p/a.yaml", files).paths == [".hidden/d.yaml", "b.yaml", "p/a.yaml", "p/q/c.yaml"])
    #expect(paths("'p/{a,b}.yaml'", files).paths == ["p/a.yaml"])
    #expect(paths("'p/**'", files).paths == [])
    #expect(paths("'p/*', p/x.txt, 'p/x.{yaml,txt}'", files).paths == [])
  }

  @Test(
    "Nothing outside the project is asked for",
    arguments: ["/etc/passwd", "../a.yaml", "p/../../a.yaml", "./a.yaml", "p//a.yaml", "'**/..'"])
  func outside(_ pattern: String) {
    #expect(paths(pattern, ["p/a.yaml", "a.yaml"]).paths == [])
    let text = "version: 1\nname: a\ninclude: [\(pattern)]\n"
    #expect(found(in: text).contains { $0.code == "L2202" })
  }

  @Test(
    "What may be no YAML is not read",
    arguments: [".git/config", ".env", "'policies/*'", "'policies/**'", "'a.{yaml,txt}'", "a.yaml.bak", "A.YAML"])
  func notYAML(_ pattern: String) {
    #expect(paths(pattern, [".git/config", ".env", "policies/a", "a.yaml", "a.txt", "A.YAML"]).paths == [])
    #expect(found(in: "version: 1\nname: a\ninclude: [\(pattern)]\n").contains { $0.code == "L2204" })
  }

  @Test(
    "A symbolic link is refused where a pattern takes it up or leads through it",
    arguments: [
      ("p/a.yaml", "p", true), ("p/a.yaml", "p/a.yaml", false), ("'p/*.yaml'", "p/a.yaml", true),
      ("'*/a.yaml'", "p", true), ("'**/*.yaml'", "p", true), ("'**/*.yaml'", "p/a.yaml", false),
      ("'p/**/a.yaml'", "p/q", true), ("'**/p/*.yaml'", "p", true), ("'**/q/*.yaml'", "p", true),
      ("node_modules/a.yaml", "node_modules", true),
    ])
  func links(_ pattern: String, _ link: String, _ isDirectory: Bool) {
    let files = ["p/a.yaml", "p/q/a.yaml", "node_modules/a.yaml"]
    let found = paths(pattern, files, kinds: [link: .symbolicLink(mayBeDirectory: isDirectory)])
    #expect(found.found == ["L2202 \(link)"])
    #expect(!found.paths.contains { $0 == link || $0.hasPrefix(link + "/") })
  }

  @Test(
    "A symbolic link through which no pattern leads is passed over",
    arguments: [
      ("'*.yaml'", "q", true), ("'p/*.yaml'", "p/q", true), ("'p/**/*.yaml'", "q", true), ("'**/*.yaml'", "q", false),
      ("'*/a.yaml'", "README", false), ("'**/*.yaml'", "node_modules", true), ("'**/*.yaml'", "p/b.txt", false),
    ])
  func linksBeside(_ pattern: String, _ link: String, _ isDirectory: Bool) {
    let files = ["p/a.yaml", "a.yaml", "q", "README", "p/q", "p/b.txt", "node_modules/a.yaml"]
    let found = paths(pattern, files, kinds: [link: .symbolicLink(mayBeDirectory: isDirectory)])
    #expect(found.found == [])
    #expect(!found.paths.isEmpty)
  }

  @Test(
    "A directory that cannot be read is told where a pattern leads into it, and hides nothing else",
    arguments: [
      ("'**/*.yaml'", ["inc/a/x.yaml"]), ("'inc/**/*.yaml'", ["inc/a/x.yaml"]), ("'inc/*/x.yaml'", ["inc/a/x.yaml"]),
      ("inc/b/x.yaml", []), ("'inc/b/*.yaml'", []), ("'inc/{a,b}/*.yaml'", ["inc/a/x.yaml"]),
    ])
  func unreadable(_ pattern: String, _ others: [String]) throws {
    let files = ["inc/a/x.yaml", "inc/b/x.yaml", "inc/b/.unreadable"]
    #expect(paths(pattern, files) == (others, ["L2205 inc/b"]))
    // That nothing is there is not said too, and no bundle is made without it.
    let text = "version: 1\nname: a\ninclude: [\(pattern)]\n"
    let all = files.map { ($0, Array("version: 1\n".utf8)) } + [("latch.yaml", Array(text.utf8))]
    let project = try ProjectFiles(Dictionary(uniqueKeysWithValues: all))
    #expect(check(project, settings: testSettings).found.map(\.code) == ["L2205"])
    #expect(compile(project, settings: testSettings).value == nil)
    #expect(checkUpstreams(of: project, settings: testSettings).accepted == nil)
  }

  @Test("A directory that cannot be read and that no pattern leads into is no matter")
  func unreadableBeside() {
    let files = ["inc/a/x.yaml", "inc/b/x.yaml", "inc/b/.unreadable", "node_modules/.unreadable", "x.yaml/.unreadable"]
    for pattern in ["'inc/a/*.yaml'", "inc/a/x.yaml", "'inc/a/**/*.yaml'"] {
      #expect(paths(pattern, files) == (["inc/a/x.yaml"], []))
    }
    #expect(paths("'*.yaml'", files) == ([], []))
  }

  @Test("What lies there and cannot be looked at may be what is named, or lead to it")
  func unreadableEntries() {
    let kinds = ["inc/a": DirectoryEntry.Kind.unreadable("x"), "b.yaml": .unreadable("x"), "c.yaml": .other]
    let files = ["inc/a", "b.yaml", "c.yaml", "d.yaml"]
    #expect(paths("'**/*.yaml'", files, kinds: kinds).found == ["L2205 b.yaml", "L2205 c.yaml", "L2205 inc/a"])
    #expect(paths("'*.yaml'", files, kinds: kinds) == (["d.yaml"], ["L2205 b.yaml", "L2205 c.yaml"]))
    #expect(paths("d.yaml", files, kinds: kinds) == (["d.yaml"], []))
  }

  @Test("Many `**` look at no directory twice")
  func manyStars() {
    let deep = String(repeating: "a/", count: 40) + "x.yaml"
    let pattern = "'" + String(repeating: "**/a/", count: 30) + "y.yaml'"
    #expect(paths(pattern, [deep]).paths == [])
  }

  @Test("A policy whose includes were not given is not compiled")
  func forgottenIncludes() {
    let outcome = compile(
      ProjectFiles("version: 1\nname: a\ninclude: [more.yaml]\n"), settings: testSettings)
    #expect(outcome.value == nil)
  }
}

import LatchCompiler
import LatchSource
import Testing

@Suite("Included files")
struct IncludeTests {
  private func paths(_ include: String, _ files: [String], links: Set<String> = []) -> (paths: [String], found: Int) {
    let root = ProjectFile(path: "latch.yaml", bytes: Array("version: 1\nname: a\ninclude: [\(include)]\n".utf8))
    let result = findIncludes(in: root) { directory in
      #expect(!directory.hasPrefix("/") && !directory.contains(".."))
      return listing(of: directory, in: files).map { entry in
        let path = directory.isEmpty ? entry.name : "\(directory)/\(entry.name)"
        return links.contains(path) ? DirectoryEntry(name: entry.name, kind: .symbolicLink) : entry
      }
    }
    return (result.paths, result.found.count)
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

  @Test("A symbolic link that a pattern names is refused, and one that only lies there is passed over")
  func links() {
    #expect(paths("p/a.yaml", ["p/a.yaml"], links: ["p"]) == ([], 1))
    #expect(paths("p/a.yaml", ["p/a.yaml"], links: ["p/a.yaml"]) == ([], 1))
    #expect(paths("'**/*.yaml'", ["p/a.yaml", "q/b.yaml"], links: ["q"]) == (["p/a.yaml"], 0))
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

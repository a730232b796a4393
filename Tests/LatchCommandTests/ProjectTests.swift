import Foundation
import LatchTestSupport
import Testing

@Suite("Which project is meant")
struct ProjectTests {
  private static let policy = """
    version: 1
    name: linked
    upstreams:
      fs: { command: mcp-server-files }
      git: { command: mcp-server-git }
    defaults: { effect: allow, extra_arguments: ignore }
    rules:
      - id: no-secrets
        effect: deny
        tool: write_file
        when: { path: { within: "${project}/secret" } }

    """

  private func linkedProject() throws -> Place {
    let place = try Place()
    let lock = try #require(Fixture.all(in: "commands", prefix: "test-all-pass").first).text("latch.lock")
    try place.write(lock, to: "project/latch.lock")
    try place.write(Self.policy, to: "project/latch.yaml")
    try place.link("way", to: "project")
    return place
  }

  @Test("A path over the link to the project lies in it, and so does the real one", arguments: ["way", "project"])
  func projectBehindALink(_ side: String) throws {
    let place = try linkedProject()
    let path = side == "way" ? place.url("way").path : place.url("project").resolvingSymlinksInPath().path
    let said = try Run(
      of: [
        "eval", "--project", place.url("way").path, "--upstream", "fs", "--tool", "write_file",
        "--arguments", #"{"path":"\#(path)/secret/x","content":"y"}"#,
      ], in: place.url("")
    ).text
    #expect(said.contains("by rule `no-secrets`"))

    let test = """
      tests:
        - name: over there
          call: { upstream: fs, tool: write_file, arguments: { path: "\(path)/secret/x", content: y } }
          expect: { rule: no-secrets }

      """
    try place.write(Self.policy + test, to: "project/latch.yaml")
    #expect(try Run(of: ["test", "--project", place.url("way").path], in: place.url("")).text.hasSuffix("# exit 0\n"))
  }

  @Test("The other way to a project is not its own where it was given without links")
  func projectGivenAsItIs() throws {
    let place = try linkedProject()
    let real = place.url("project").resolvingSymlinksInPath().path
    let said = try Run(
      of: [
        "eval", "--project", real, "--upstream", "fs", "--tool", "write_file",
        "--arguments", #"{"path":"\#(place.url("way").path)/secret/x","content":"y"}"#,
      ], in: place.url("")
    ).text
    #expect(said.hasPrefix("allow "))
  }

  @Test("An upstream that there is not is said to be missing where it was looked for")
  func unknownUpstream() throws {
    let place = try linkedProject()
    let said = try Run(of: ["eval", "--upstream", "gut", "--tool", "t"], in: place.url("project")).text
    #expect(said.contains("latch: the project has no enabled upstream `gut`; did you mean `git`?\n# exit 2"))
    _ = try Run(of: ["build", "-o", "copy.latch"], in: place.url("project"))
    let asked = ["eval", "--bundle", "copy.latch", "--upstream", "elsewhere", "--tool", "t"]
    let saidOfBundle = try Run(of: asked, in: place.url("project")).text
    #expect(saidOfBundle.contains("`copy.latch` has no upstream `elsewhere`; there is `fs`, `git`\n# exit 2"))
  }

  @Test("A bundle that speaks of the project wants to know where that is, as the proxy does")
  func bundleWithoutProject() throws {
    let place = try linkedProject()
    _ = try Run(of: ["build", "-o", "../copy.latch"], in: place.url("project"))
    let asked = ["eval", "--bundle", "copy.latch", "--upstream", "fs", "--tool", "write_file"]
    let said = try Run(of: asked, in: place.url("")).text
    #expect(said.contains("say with `--project DIR`"))
    #expect(said.hasSuffix("# exit 2\n"))
    #expect(try Run(of: asked + ["--project", "project"], in: place.url("")).text.hasSuffix("# exit 0\n"))
  }

  @Test("A file is not taken for a project's directory")
  func fileAsProject() throws {
    let place = try linkedProject()
    let said = try Run(of: ["validate", "--project", "project/latch.yaml"], in: place.url("")).text
    #expect(said.contains("`project/latch.yaml` is a file; name the directory"))
    #expect(!said.contains("latch init"))
  }

  @Test(
    "What `init` writes validates, whatever YAML would take the directory's name for",
    arguments: ["123", "1e3", "0x1f", "0o17", "true", "null", "no", "y", "on", "~", "2024-01-01", "a-b"])
  func nameOfANewProject(_ name: String) throws {
    let place = try Place()
    #expect(try Run(of: ["init", name], in: place.url("")).text.hasSuffix("# exit 0\n"))
    #expect(try Run(of: ["validate", "--strict", "--project", name], in: place.url("")).text.hasSuffix("# exit 0\n"))
  }
}

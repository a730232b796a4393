import LatchClients
import LatchJSON
import Testing

private func entry(_ variables: [String] = ["TOKEN"]) -> ProxyEntry {
  ProxyEntry(
    name: "git", proxy: "/opt/latch-proxy", bundle: .inProject(".latch/policy.latch", project: "/srv/p"),
    project: .inProject("", project: "/srv/p"), pin: "bundle:sha256:00", variables: variables)
}

@Suite("A client's configuration with the proxy in it")
struct ConfigurationWriterTests {
  @Test(
    "is in the client's own form",
    arguments: [
      (ConfigurationWriter.cursor, "mcpServers", "${workspaceFolder}", "${env:TOKEN}"),
      (.vscode, "servers", "${workspaceFolder}", "${env:TOKEN}"),
      (.claudeCode, "mcpServers", "${CLAUDE_PROJECT_DIR:-/srv/p}", "${TOKEN:-}"),
      (.claudeDesktop, "mcpServers", "/srv/p", ""),
    ])
  func form(client: ConfigurationWriter, root: String, project: String, reference: String) throws {
    let server = try #require(client.configuration(of: [entry()])[root]?["git"])
    #expect(server["command"]?.string == "/opt/latch-proxy")
    #expect(server["type"]?.string == (client == .claudeDesktop ? nil : "stdio"))
    #expect(server["env"]?["TOKEN"]?.string ?? "" == reference)
    #expect(
      server["args"]?.array?.compactMap(\.string) == [
        "--bundle", "\(project)/.latch/policy.latch", "--upstream", "git", "--client", client.rawValue, "--pin",
        "bundle:sha256:00", "--project", project,
      ])
  }

  @Test("is read again as a server that is behind the proxy", arguments: ConfigurationWriter.allCases)
  func roundTrip(client: ConfigurationWriter) throws {
    let text = client.configuration(of: [entry()]).pretty(sorted: false)
    let plan = ImportPlan(try ImportedConfiguration(reading: Array(text.utf8))) { _, _ in false }
    #expect(plan.upstreams.isEmpty && plan.notes == ["`git` is behind latch-proxy already and is left out"])
  }

  @Test("says where a client cannot pass on what the upstream reads")
  func notes() {
    #expect(ConfigurationWriter.claudeDesktop.notes(on: [entry()]).count == 1)
    #expect(ConfigurationWriter.claudeDesktop.notes(on: [entry([])]).isEmpty)
    #expect(ConfigurationWriter.cursor.notes(on: [entry()]).isEmpty)
  }
}

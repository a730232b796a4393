import LatchClients
import Testing

/// With a finder that knows two beginnings of credentials, wherever they stand.
func plan(_ json: String, taken: [String] = []) throws -> ImportPlan {
  ImportPlan(try ImportedConfiguration(reading: Array(json.utf8)), taken: taken) { _, value in
    value.contains("ghp_") || value.contains("s3cr3t")
  }
}

@Suite("Importing a client's configuration")
struct ImportTests {
  @Test(
    "recognises each shape",
    arguments: [
      #"{"mcpServers":{"a":{"command":"x"}}}"#,
      #"{"servers":{"a":{"type":"stdio","command":"x"}},"inputs":[]}"#,
      #"{"mcp":{"servers":{"a":{"command":"x"}}}}"#,
      #"{"numStartups":3,"projects":{"/p":{"mcpServers":{"a":{"command":"x"}}}}}"#,
      #"{"a":{"command":"x"}}"#,
      #"{"mcpServers":{"a":{"command":["x"]}}}"#,
      "\u{FEFF}// mine\n{\"mcpServers\": {/* one */\"a\":{\"command\":\"x\",\"args\":[],},},}",
    ])
  func shapes(json: String) throws {
    #expect(try plan(json).yaml == "upstreams:\n  a:\n    command: x\n")
  }

  @Test(
    "refuses what is no configuration",
    arguments: ["", "[]", "{}", "{\"theme\":\"dark\"}", "{,}", "{\"a\":1,\"a\":2}", "\"{"])
  func refused(text: String) {
    #expect(throws: ConfigurationError.self) { try plan(text) }
  }

  @Test("keeps comment signs that stand in strings")
  func strings() throws {
    let server = try plan(#"{"mcpServers":{"a":{"url":"https://x.example//y/*z*/,}"}}}"#).upstreams[0]
    #expect(server.transport == .http(isSSE: false, url: "https://x.example//y/*z*/,}", headers: []))
  }

  @Test("takes literal secrets out and lists them")
  func secrets() throws {
    let made = try plan(
      #"""
      {"mcpServers":{"git hub":{"command":"npx","args":["-y","x","--api-key","ghp_1","--token=ghp_2","-e","K=ghp_3","ghp_4"],
       "env":{"TOKEN":"ghp_5","DB_PASSWORD":"hunter2","PORT":"80","KEY_FILE":"/k","MAX_TOKEN":"5","N":1,"B":true,"Z":null}},
       "api":{"url":"https://x.example","headers":{"Authorization":"Bearer ghp_6","X-Api-Key":"abc","Accept":"*/*"}}}}
      """#)
    #expect(!made.yaml.contains("ghp_") && !made.yaml.contains("hunter2") && !made.yaml.contains("abc"))
    #expect(
      made.yaml == """
        upstreams:
          git-hub:
            command: npx
            args:
              - "-y"
              - "x"
              - "--api-key"
              - "${env:GIT_HUB_API_KEY}"
              - "--token=${env:GIT_HUB_TOKEN}"
              - "-e"
              - "K=${env:GIT_HUB_K}"
              - "${env:GIT_HUB_SECRET}"
            secret_in_args: true
            env:
              TOKEN: "${env:TOKEN}"
              DB_PASSWORD: "${env:DB_PASSWORD}"
              PORT: "80"
              KEY_FILE: "/k"
              MAX_TOKEN: "5"
              "N": "1"
              B: "true"
          api:
            url: "https://x.example"
            headers:
              Authorization: "Bearer ${env:API_TOKEN}"
              X-Api-Key: "${env:API_X_API_KEY}"
              Accept: "*/*"

        """)
    #expect(
      made.exports.map(\.variable).sorted() == [
        "API_TOKEN", "API_X_API_KEY", "DB_PASSWORD", "GIT_HUB_API_KEY", "GIT_HUB_K", "GIT_HUB_SECRET", "GIT_HUB_TOKEN",
        "TOKEN",
      ])
    #expect(made.exports.allSatisfy { $0.wasLiteral })
    #expect(made.notes.first == "`git hub` is called `git-hub` here")
  }

  @Test("gives two servers' different tokens two variables, and the same token one")
  func collisions() throws {
    let made = try plan(
      #"""
      {"mcpServers":{"a":{"command":"x","env":{"TOKEN":"ghp_1"}},"b":{"command":"x","env":{"TOKEN":"ghp_2"}},
       "c":{"command":"x","env":{"TOKEN":"ghp_1"}},"d":{"command":"x","env":{"T":"${B_TOKEN}"}}}}
      """#)
    #expect(made.exports.map(\.variable) == ["TOKEN", "B_TOKEN"])
    #expect(made.yaml.contains("TOKEN: \"${env:B_TOKEN}\""))
  }

  @Test(
    "respells references",
    arguments: [
      ("${API}", "${env:API}"), ("${API:-x}", "${env:API:-x}"), ("${env:API}", "${env:API}"),
      ("${input:my-key}", "${env:MY_KEY}"), ("${workspaceFolder}/a", "${project}/a"),
      ("a${workspaceFolder}", "a$${workspaceFolder}"),
      ("${userHome}${/}a", "${home}/a"), ("a:${HOME}", "a:${env:HOME}"), ("$API", "$API"), ("${a.b}", "$${a.b}"),
      ("${unclosed", "$${unclosed"), ("a$", "a$"), ("$$", "$$"), ("lit$${x}", "lit$$${x}"),
      ("$${env:x}${y}", "$$${env:x}${env:y}"), ("${workspaceFolder:-.}", "${project}"), ("${cwd}/a", "${project}/a"),
      ("${workspaceFolderBasename}", "$${workspaceFolderBasename}"), ("${file}", "$${file}"),
      ("${env:file}", "${env:file}"), ("${file:-x}", "${env:file:-x}"),
    ])
  func references(theirs: String, ours: String) throws {
    let made = try plan(#"{"mcpServers":{"a":{"command":"x","env":{"V":"\#(theirs)"}}}}"#)
    guard case .stdio(_, _, let environment, _) = made.upstreams[0].transport else { return }
    #expect(environment == [.init("V", ours)])
  }

  @Test("says of a reference that cannot be written that it stays as text, and asks for no variable")
  func leftovers() throws {
    let made = try plan(
      #"""
      {"mcpServers":{"a":{"command":"x","env":{"V":"lit$${x}","W":"$${input:i}","P":"$${PASSWORD:-hunter2}"}}},
       "inputs":[{"id":"i"}]}
      """#)
    #expect(made.exports.isEmpty && !made.yaml.contains("hunter2"))
    #expect(made.notes.filter { $0.contains("stays as text") }.count == 3)
    #expect(made.notes.first == "env.V of `a`: `${x}` cannot be written there and stays as text; edit it")
    #expect(!made.notes.contains { $0.contains("is now the variable") })
  }

  @Test("leaves a credential out that stands as a variable's default")
  func secretDefaults() throws {
    let made = try plan(
      #"""
      {"mcpServers":{"a":{"command":"x","args":["--api-key=${K:-sk-123456}","--password","${P:-hunter2}","${Q:-80}"],
       "env":{"V":"${GITHUB_TOKEN:-ghp_0123456789}/${PORT:-80}","DB_PASSWORD":"${PW:-hunter2}"}},
       "b":{"url":"https://x.example","headers":{"Authorization":"Bearer ${T:-abcdef}"}}}}
      """#)
    #expect(
      made.upstreams.map(\.transport) == [
        .stdio(
          command: "x", arguments: ["--api-key=${env:K}", "--password", "${env:P}", "${env:Q:-80}"],
          environment: [
            .init("V", "${env:GITHUB_TOKEN}/${env:PORT:-80}"), .init("DB_PASSWORD", "${env:PW}"),
          ], directory: nil),
        .http(isSSE: false, url: "https://x.example", headers: [.init("Authorization", "Bearer ${env:T}")]),
      ])
    #expect(made.notes.count { $0.contains("looks like a credential and is left out") } == 5)
  }

  @Test("makes names valid and different")
  func names() throws {
    let made = try plan(
      #"{"mcpServers":{"a b":{"command":"x"},"a-b":{"command":"y"},"…":{"command":"z"},"é":{"command":"z"}}}"#,
      taken: ["a-b"])
    #expect(made.upstreams.map(\.name) == ["a-b-2", "a-b-3", "server", "server-2"])
  }

  @Test("keeps a disabled server disabled, leaves out what is behind the proxy and what cannot start")
  func states() throws {
    let made = try plan(
      #"""
      {"mcpServers":{"a":{"command":"x","disabled":true},"b":{"command":"/opt/latch-proxy","args":[]},"c":{"x":1},
       "d":{"type":"sse","url":"https://x.example","enabled":false},"e":7}}
      """#)
    #expect(
      made.yaml == """
        upstreams:
          a:
            command: x
            enabled: false
          d:
            url: "https://x.example"
            transport: sse
            enabled: false

        """)
    #expect(made.notes.count == 3)
  }
}

@Suite("YAML text")
struct YAMLTextTests {
  @Test(
    "is quoted wherever a reader could take it for something else",
    arguments: [
      "yes", "No", "null", "~", "1", "010", "1:30", "a: b", "a #b", "-", "- a", "", " a", "@a", "*a", "&a", "!a", "%a",
      "{", "[", "a,b", "=", "<<", "n", "\u{7F}", "\u{2028}", "\u{FEFF}", "\n", "😀", "a\u{0}b", "é",
    ])
  func quoted(text: String) { #expect(YAMLText.scalar(text).hasPrefix("\"")) }

  @Test("is plain where nothing can be misread", arguments: ["npx", "/usr/bin/env", "a.b-c_d", "server@1.2.3"])
  func plain(text: String) { #expect(YAMLText.scalar(text) == text) }

  @Test("escapes what cannot be seen")
  func escapes() { #expect(YAMLText.quoted("\u{0}\u{200B}\u{E0001}\"\\") == #""\u0000\u200B\U000E0001\"\\""#) }
}

import LatchClients
import Testing

@Suite("What an import says")
struct ImportNotesTests {
  @Test(
    "of members that it does not take over, and what to do",
    arguments: [
      (#""envFile":".env""#, "`envFile` of `a`: not read; write what it sets into `env`"),
      (#""auth":{"CLIENT_SECRET":"ghp_1"}"#, "`auth` of `a`: not taken over, since Latch signs in nowhere"),
      (#""headersHelper":"/bin/x""#, "`headersHelper` of `a`: not run; write each of its headers into `headers`"),
      (#""autoApprove":["b"],"alwaysAllow":["c"]"#, "`autoApprove`, `alwaysAllow` of `a`: not taken over; which"),
      (#""timeout":60"#, "`timeout` of `a`: not taken over; write it with its unit"),
      (#""dev":{},"x":1,"y":null"#, "`dev`, `x` of `a`: not taken over; add by hand"),
      (#""env":["A=B"],"cwd":7"#, "`env`, `cwd` of `a`: not read in this form; write it by hand"),
      (#""args":["-y",{},null],"env":{"A":[],"B":null}"#, "`args[1]`, `args[2]`, `env.A` of `a`: not read in this"),
    ])
  func members(members: String, note: String) throws {
    let made = try plan(#"{"mcpServers":{"a":{"command":"x",\#(members)}}}"#)
    #expect(made.notes.count == 1 && made.notes[0].hasPrefix(note), "\(made.notes)")
    #expect(!made.notes[0].contains("ghp_"))
  }

  @Test("of members that a server over HTTP has no use for")
  func remote() throws {
    let made = try plan(
      #"""
      {"mcpServers":{"a":{"url":"https://x.example","type":"http","headers":{"A":{}},"env":{"A":"b"},"serverUrl":"y"},
       "b":{"transport":{"type":"sse","url":"https://x.example","auth":{}},"headers":{}},
       "c":{"type":"http","url":"https://x.example","headers":{},"alwaysAllow":[],"disabled":false}}}
      """#)
    #expect(
      made.notes == [
        "`headers.A` of `a`: not read in this form; write it by hand",
        "`env`, `serverUrl` of `a`: not taken over; add by hand what the server needs of it",
        "`transport.auth` of `b`: not taken over, since Latch signs in nowhere; give the server a token in `headers`",
        "`headers` of `b`: not taken over; add by hand what the server needs of it",
      ])
  }

  @Test("nothing about a server that was not chosen or is behind the proxy")
  func others() throws {
    var read = try ImportedConfiguration(
      reading: Array(#"{"mcpServers":{"a":{"command":"latch-proxy","x":1},"b":{"command":"y","x":1}}}"#.utf8))
    read.servers.removeAll { $0.name == "b" }
    #expect(ImportPlan(read) { _, _ in false }.notes == ["`a` is behind latch-proxy already and is left out"])
  }

  @Test("once of what the client asked for")
  func prompts() throws {
    let made = try plan(
      #"""
      {"servers":{"a":{"command":"x","env":{"K":"${input:key}","L":"${input:key}"}},
       "b":{"url":"https://x.example","headers":{"X":"${input:key}"}}},"inputs":[{"id":"key","description":"the key"}]}
      """#)
    #expect(made.notes == ["the client asked for `key` (the key); it is now the variable `KEY`"])
    #expect(made.exports.map(\.variable) == ["KEY"])
  }

  @Test("that variables are to be set which have no default")
  func defaults() throws {
    let made = try plan(
      #"""
      {"mcpServers":{"a":{"command":"x",
       "env":{"A":"${A:-1}","B":"${B:-}","C":"${C:-1}/${C}","TOKEN":"${D:-ghp_1}"}}}}
      """#)
    #expect(made.exports.map(\.variable) == ["C", "D"])
  }

  @Test("that a secret does not get the name of a variable that is read with a default")
  func taken() throws {
    let made = try plan(#"{"mcpServers":{"a":{"command":"x","args":["${TOKEN:-1}"],"env":{"TOKEN":"ghp_1"}}}}"#)
    #expect(made.exports.map(\.variable) == ["A_TOKEN"])
  }

  @Test("of what the client fills in and Latch has no word for, and asks for no variable")
  func predefined() throws {
    let made = try plan(
      #"""
      {"servers":{"a":{"command":"x","args":["${workspaceFolderBasename}","${relativeFile}","${workspaceFolder}"]}}}
      """#)
    #expect(made.exports.isEmpty && !made.upstreams[0].secretInArguments)
    #expect(
      made.notes == [
        "args[0] of `a`: `${workspaceFolderBasename}` is filled in by the client and stays as text; write what it stands"
          + " for",
        "args[1] of `a`: `${relativeFile}` is filled in by the client and stays as text; write what it stands for",
      ])
  }

  @Test("of an argument in which the program itself fills in what `env` sets")
  func kept() throws {
    let made = try plan(
      #"""
      {"mcpServers":{"a":{"command":"npx","args":["mcp-remote","https://x.example","--header","Authorization:${AUTH}"],
       "env":{"AUTH":"Bearer ghp_1"}}}}
      """#)
    guard case .stdio(_, let arguments, let environment, _) = made.upstreams[0].transport else { return }
    #expect(arguments.last == "Authorization:$${AUTH}" && environment == [.init("AUTH", "${env:AUTH}")])
    #expect(!made.upstreams[0].secretInArguments)
    #expect(made.exports.map(\.variable) == ["AUTH"] && made.exports[0].wasLiteral)
    #expect(made.notes.count == 1 && made.notes[0].hasPrefix("args[3] of `a`: `${AUTH}` is left for the program"))
  }

  @Test("nothing of that where the client fills such references in, or `env` does not set it")
  func filled() throws {
    let made = try plan(
      #"{"mcpServers":{"a":{"command":"x","args":["${T}","${U}","${env:V}"],"env":{"T":"${T}","V":"1"}}}}"#)
    guard case .stdio(_, let arguments, _, _) = made.upstreams[0].transport else { return }
    #expect(arguments == ["${env:T}", "${env:U}", "${env:V}"] && made.upstreams[0].secretInArguments)
  }
}

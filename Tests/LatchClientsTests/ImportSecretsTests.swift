import LatchClients
import Testing

/// All that is printed or written.
private func told(_ plan: ImportPlan) -> String {
  let exports = plan.exports.map { "\($0.variable) \($0.origin)" }
  return ([plan.yaml] + plan.notes + exports).joined(separator: "\n")
}

private func server(_ members: String) throws -> ImportPlan { try plan(#"{"mcpServers":{"a":{\#(members)}}}"#) }

/// One argument's way, given what stands in the client's file as JSON does.
private func argument(_ text: String, after option: String = "-x") throws -> (written: String, plan: ImportPlan) {
  let made = try server(#""command":"x","args":["\#(option)","\#(text)"]"#)
  guard case .stdio(_, let arguments, _, _) = made.upstreams[0].transport else { return ("", made) }
  return (arguments[1], made)
}

@Suite("Secrets beside what is filled in")
struct ImportSecretsTests {
  @Test(
    "leave a variable's value",
    arguments: [
      ("V", "postgres://u:s3cr3t@${HOST}/db", "postgres://u:${env:V_PASSWORD}@${env:HOST}/db"),
      ("V", "https://s3cr3t@${HOST}/db", "https://${env:V_USER}@${env:HOST}/db"),
      ("V", "${A}ghp_1", "${env:A}${env:V_SECRET}"), ("V", "x ghp_1 ${A}", "x ${env:V_SECRET} ${env:A}"),
      ("V", "k=1;pass=ghp_1;b=${A}", "k=1;pass=${env:V_PASS};b=${env:A}"), ("V", "ghp_${A}s3cr3t", "${env:V_SECRET}"),
      ("V", "https://x.example/${A}?token=ghp_1#b", "https://x.example/${env:A}?token=${env:V_TOKEN}"),
      ("V", "${workspaceFolder}/a:ghp_1", "${project}/a:${env:V_A}"), ("V", "ghp_1${a.b}", "${env:V}"),
      ("TOKEN", "abcd1234-${A}", "${env:TOKEN}"), ("TOKEN", "Bearer ${A}", "Bearer ${env:A}"),
      ("TOKEN", "Bearer ghp_1 ${A}", "Bearer ${env:TOKEN} ${env:A}"), ("V", "${a.b:-ghp_1}", "${env:V}"),
    ])
  func variables(name: String, theirs: String, ours: String) throws {
    let made = try server(#""command":"x","env":{"\#(name)":"\#(theirs)"}"#)
    #expect(made.yaml == "upstreams:\n  a:\n    command: x\n    env:\n      \(name): \"\(ours)\"\n")
    #expect(!told(made).contains("ghp_") && !told(made).contains("s3cr3t") && !told(made).contains("abcd1234"))
    #expect(made.exports.contains { $0.wasLiteral } == !theirs.contains("Bearer ${"))
  }

  @Test("leave a header's value, its scheme and what is filled in stay")
  func headers() throws {
    let made = try server(
      #""url":"https://x.example","headers":{"Authorization":"Bearer ghp_1 ${X}","Cookie":"s=ghp_2; t=${T:-ghp_3}"}"#)
    guard case .http(_, _, let headers) = made.upstreams[0].transport else { return }
    #expect(headers == [.init("Authorization", "Bearer ${env:A_TOKEN} ${env:X}"), .init("Cookie", "${env:A_COOKIE}")])
    #expect(!told(made).contains("ghp_"))
    #expect(made.exports.last?.origin == "headers.Cookie of `a`; put in what `${T}` stands for")
  }

  @Test(
    "leave an argument",
    arguments: [
      ("--db", "postgres://u:s3cr3t@${HOST}/db", "postgres://u:${env:A_PASSWORD}@${env:HOST}/db"),
      ("-x", "--x=${Y} ghp_1", "--x=${env:Y} ${env:A_X}"), ("-x", "--db=${Y}ghp_1", "--db=${env:Y}${env:A_DB}"),
      ("-e", "--env=K=ghp_1", "--env=K=${env:A_K}"), ("-e", "TOKEN=correct horse", "TOKEN=${env:A_TOKEN}"),
      ("--token", "abc${Y}defghi12", "${env:A_TOKEN}"), ("--token", "x=y=z", "${env:A_TOKEN}"),
      ("-x", #"{\"apiKey\":\"ghp_1,2=3\",\"b\":1}"#, #"{"apiKey":"${env:A_APIKEY}","b":1}"#),
      ("-H", "Authorization: Bearer abc", "Authorization: Bearer ${env:A_TOKEN}"),
      ("--header", "X-Key:ghp_1 ${Y}", "X-Key:${env:A_X_KEY_SECRET} ${env:Y}"),
      ("--header", "https://u:s3cr3t@x.example", "https://u:${env:A_PASSWORD}@x.example"),
      ("-x", #"-----BEGIN KEY-----\nghp_1\ns3cr3t\n-----END KEY-----"#, "${env:A_SECRET}"),
      ("-x", "ghp_1=x", "${env:A_X}"), ("-x", "-pghp_1", "${env:A_SECRET}"),
    ])
  func arguments(option: String, theirs: String, ours: String) throws {
    let (written, made) = try argument(theirs, after: option)
    #expect(written == ours)
    #expect(!told(made).contains("ghp_") && !told(made).contains("s3cr3t"))
    #expect(made.exports.contains { $0.wasLiteral } && made.upstreams[0].secretInArguments)
  }

  @Test(
    "leave a shell's command, which stays one",
    arguments: [
      ("API_KEY=ghp_1 npx -y some-server --flag", "API_KEY=${env:A_API_KEY} npx -y some-server --flag"),
      ("API_KEY=abc,d npx x", "API_KEY=${env:A_API_KEY} npx x"),
      ("export TOKEN='a b c'; exec x", "export TOKEN='${env:A_TOKEN}'; exec x"),
      ("x --password hunter2 --port 80", "x --password ${env:A_PASSWORD} --port 80"),
      ("x --token a=b=c -v", "x --token ${env:A_TOKEN} -v"), ("TOKEN=$T x", "TOKEN=$T x"),
      ("curl -H 'Authorization: Bearer ghp_1' ${U}", "curl -H 'Authorization: Bearer ${env:A_SECRET}' ${env:U}"),
      ("x 'https://y.example/?a=1&api_key=abc&b=2'", "x 'https://y.example/?a=1&api_key=${env:A_API_KEY}&b=2'"),
    ])
  func commands(theirs: String, ours: String) throws { #expect(try argument(theirs, after: "-c").written == ours) }

  @Test(
    "leave what holds no reference: one stands there all the same, and the note says so",
    arguments: [
      ("https://x.example/mcp?api_key=abc&p=1", "https://x.example/mcp?api_key=${env:A_API_KEY}&p=1"),
      ("https://u:s3cr3t@x.example/", "https://u:${env:A_PASSWORD}@x.example/"),
      ("https://x.example/${A:-ghp_1}/s3cr3t", "https://x.example/${A}${env:A_URL}"),
    ])
  func addresses(theirs: String, ours: String) throws {
    let made = try server(#""url":"\#(theirs)""#)
    #expect(made.yaml == "upstreams:\n  a:\n    url: \"\(ours)\"\n")
    #expect(made.exports.map(\.wasLiteral) == [true])
    #expect(made.notes.contains { $0.hasPrefix("the url of `a` held what looks like a credential") })
    #expect(!told(made).contains("s3cr3t") && !told(made).contains("ghp_") && !told(made).contains("abc"))
  }

  @Test("leave a command and a directory")
  func places() throws {
    let made = try server(#""command":"x --api-key=ghp_1 -y","cwd":"${workspaceFolder}/ghp_2""#)
    #expect(
      made.upstreams[0].transport
        == .stdio(
          command: "x --api-key=${env:A_API_KEY} -y", arguments: [], environment: [],
          directory: "${project}${env:A_CWD}"))
    #expect(made.notes.count == 2 && !told(made).contains("ghp_"))
  }

  @Test("are found in bounded time, however long the text is")
  func bounded() throws {
    for unit in ["ghp_1 ", "a://b?", "${A} x=1 ", "--a ", "'\"", "x=", "${", "TOKEN='"] {
      let text = String(repeating: unit, count: 20_000).replacing("\"", with: "\\\"")
      #expect(!told(try argument(text).plan).contains("ghp_"))
    }
  }
}

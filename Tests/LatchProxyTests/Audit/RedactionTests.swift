import LatchJSON
import LatchPolicy
import LatchProxy
import Testing

/// Nothing here opens any door: the tokens are the alphabet, and their beginnings are put together here.
@Suite struct RedactionTests {
  private static let letters = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
  private static func body(_ count: Int) -> String {
    String((letters + letters + letters).prefix(count))
  }
  private static let hex = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
  private static let upper = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789ABCDEFGHIJKL"
  private static let object = "ey" + "JzdWIiOiIxMjM0In0"

  static let tokens: [(String, String)] = [
    ("AWS access key", "AK" + "IA" + upper.prefix(16)), ("AWS session key", "AS" + "IA" + upper.prefix(16)),
    ("AWS Bedrock", "AB" + "SK" + body(120)),
    ("GitHub classic", "gh" + "p_" + body(36)), ("GitHub OAuth", "gh" + "o_" + body(36)),
    ("GitHub user", "gh" + "u_" + body(36)), ("GitHub app", "gh" + "s_" + body(36)),
    ("GitHub refresh", "gh" + "r_" + body(36)),
    ("GitHub fine-grained", "github" + "_pat_" + body(22) + "_" + body(59)),
    ("GitLab", "gl" + "pat-" + body(20)), ("GitLab runner", "gl" + "rt-" + body(20)),
    ("GitLab feed", "gl" + "ft-" + body(20)), ("Bitbucket", "BB" + "DC-" + body(40)),
    ("Slack bot", "xo" + "xb-123456789012-123456789012-" + body(24)), ("Slack user", "xo" + "xp-" + body(40)),
    ("Slack app", "xa" + "pp-1-A0123-" + body(40)), ("Slack cookie", "xo" + "xd-" + body(40)),
    ("Slack webhook", "https://hooks.slack.com/" + "services/T0000/B0000/" + body(24)),
    ("Stripe live", "sk" + "_live_" + body(24)), ("Stripe restricted", "rk" + "_live_" + body(24)),
    ("Stripe webhook", "wh" + "sec_" + body(32)),
    ("Google API", "AI" + "za" + body(35)), ("Google OAuth", "ya" + "29." + body(60)),
    ("Google client secret", "GOC" + "SPX-" + body(28)), ("Google refresh", "1/" + "/0" + body(40)),
    ("npm", "np" + "m_" + body(36)), ("PyPI", "py" + "pi-" + body(100)),
    ("RubyGems", "ruby" + "gems_" + hex.prefix(48)),
    ("Docker Hub", "dckr" + "_pat_" + body(27)),
    ("JWT", object + "." + object + "." + body(43)), ("JWT without signature", object + "." + object + "."),
    ("JWE", object + "." + body(40) + "." + body(16) + "." + body(60) + "." + body(22)),
    ("RSA key", "-----BEGIN RSA " + "PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----"),
    ("PKCS 8 key", "-----BEGIN " + "PRIVATE KEY-----\nMIIE"), ("SSH key", "-----BEGIN OPENSSH " + "PRIVATE KEY-----"),
    ("PGP key", "-----BEGIN PGP " + "PRIVATE KEY BLOCK-----"), ("PuTTY key", "PuTTY-User-" + "Key-File-3: ssh-ed25519"),
    ("URL with a password", "postgres://app:" + "hunter2@db.example.org/app"),
    ("URL with a short password", "redis://:" + "pw@localhost:6379"),
    ("URL with a token for a user", "https://" + body(40) + "@github.com/o/r.git"),
    ("bearer header", "Authorization: Bearer " + body(32)),
    ("bearer in a command", #"curl -H "Authorization: Bearer "# + "some-opaque-word\" https://api.test/"),
    ("basic header", "Authorization: Basic " + "dXNlcjpodW50ZXIy"), ("basic alone", "Basic " + "dXNlcjpodW50ZXIy"),
    ("token header", "Authorization: token " + body(20)),
    ("cookie header", "Cookie: session=" + "abc123def"),
    ("key header", "X-Api-Key: " + body(24)),
    ("Azure storage", "DefaultEndpointsProtocol=https;Account" + "Key=" + body(44) + "=="),
    ("Azure SAS", "https://x.blob.core.windows.net/c?sv=2022&sig=" + body(43) + "%3D"),
    ("Azure client secret", "abc8" + "Q~" + body(34)),
    ("Azure service bus", "Endpoint=sb://x/;SharedAccess" + "Key=" + body(44)),
    ("OpenAI", "sk" + "-" + body(48)), ("OpenAI project", "sk" + "-proj-" + body(60)),
    ("Anthropic", "sk" + "-ant-api03-" + body(90)), ("OpenRouter", "sk" + "-or-v1-" + hex),
    ("Groq", "gs" + "k_" + body(52)), ("xAI", "xa" + "i-" + body(80)), ("Perplexity", "pp" + "lx-" + body(48)),
    ("NVIDIA", "nv" + "api-" + body(64)), ("Replicate", "r" + "8_" + body(37)), ("Tavily", "tv" + "ly-" + body(32)),
    ("LangSmith", "lsv" + "2_pt_" + hex.prefix(32) + "_" + hex.prefix(10)),
    ("Twilio", "S" + "K" + hex.prefix(32)), ("SendGrid", "S" + "G." + body(22) + "." + body(43)),
    ("Mailgun", "ke" + "y-" + hex.prefix(32)), ("Brevo", "xkey" + "sib-" + hex + "-" + body(16)),
    ("Telegram", "123456789" + ":AA" + body(33)),
    ("Discord bot", "MTE" + body(21) + "." + body(6) + "." + body(38)),
    ("Discord webhook", "https://discord.com/api/" + "webhooks/123456789012345678/" + body(60)),
    ("DigitalOcean", "do" + "p_v1_" + hex), ("Hugging Face", "h" + "f_" + body(34)),
    ("Databricks", "da" + "pi" + hex.prefix(32)), ("age", "AGE-" + "SECRET-KEY-1" + upper.prefix(58)),
    ("Linear", "lin" + "_api_" + body(40)), ("Notion", "nt" + "n_" + body(46)), ("Figma", "fig" + "d_" + body(40)),
    ("Shopify", "sh" + "pat_" + hex.prefix(32)), ("Supabase", "sb" + "p_" + hex.prefix(40)),
    ("Vault", "hv" + "s." + body(90)), ("Terraform", body(14) + ".atlas" + "v1." + body(64)),
    ("Atlassian", "AT" + "ATT3" + body(180)), ("Grafana", "gl" + "sa_" + body(40)),
    ("New Relic", "NR" + "AK-" + upper.prefix(27)), ("Sentry", "sn" + "trys_" + body(80)),
    ("Doppler", "dp" + ".pt." + body(43)), ("Tailscale", "ts" + "key-auth-" + body(30)),
    ("Square", "sq" + "0atp-" + body(22)), ("Pulumi", "pu" + "l-" + hex.prefix(40)),
    ("1Password", "ops" + "_eyJ" + body(120)), ("Fly", "Fly" + "V1 fm" + "2_" + body(80)),
  ]

  /// Texts in which only the surroundings tell.
  static let told: [String] = [
    "Bearer " + "abcdefgh", "authorization: Digest " + "username=Mufasa",
    "export AWS_SECRET_ACCESS_KEY=" + body(40), "aws_secret_access_key = " + body(40), "--api-key=" + body(24),
    "--password " + "hunter2", "mysql -u root --password=" + "hunter", "curl -u admin:" + "hunter2 https://x.test",
    "PGPASSWORD=" + "hunter2 psql", #"{"password": "# + #""correct horse"}"#, #"{\"password\":\"# + #""hunter2\"}"#,
    "db:\n  password: " + "hunter2\n  port: 1", "https://x.test/?a=b&access_token=" + body(20),
    "token: '" + body(20) + "'", "const apiKey = \"" + body(20) + "\"", "-passin pass:" + "hunter2",
    #"echo -e "x\n"# + "gh" + "p_" + body(36) + "\"", "a%3D" + "gh" + "p_" + body(36),
    "set-cookie: sid=" + body(20) + "; Path=/", "password" + "=hunter2&user=x",
  ]

  static let ordinary: [String] = [
    "550e8400-e29b-41d4-a716-446655440000", "0123456789abcdef0123456789abcdef01234567",
    "d41d8cd98f00b204e9800998ecf8427e",
    "sha256:" + hex, "/srv/projects/api/tokens/secret-manager.swift", "./secrets/README.md", "~/.ssh/id_ed25519.pub",
    "C:\\Users\\ann\\file.txt", "The password must have at least twelve characters; the token is sent by mail.",
    "Bearer tokens are described in RFC 6750.", "Basic authentication is not encrypted.", "bearer of bad news",
    "the key to success: patience and a plan", "password: must be long", "Reset your password at https://x.test/reset",
    "https://example.com/path/to/page?query=cats&limit=10#top", "git@github.com:owner/repository.git",
    "ssh://git@github.com/owner/repository.git", "https://user@example.com/", "mailto:ann@example.org",
    "SELECT id, name FROM users WHERE key = 'name' ORDER BY created_at", "func password() -> String { read() }",
    "let password = readPassword(from: terminal)", "def f(password: str, token: str) -> None:", "password: string;",
    "import { useAuth } from './auth'", "npm install --save-dev typescript", "npx -y @scope/server@1.2.3",
    "task-force-one-two-three-four-five-six-seven", "ask-me-anything-about-everything", "sk-learn and sk-image",
    "v1.2.3-beta.4+build.5678", "2026-02-03T10:11:12.345Z", "+49 30 1234567", "ann.example+tag@mail.example.org",
    "192.168.0.1:8080", "[::1]:443", "#ff8800", "aGVsbG8gd29ybGQ=", "Zm9vYmFyYmF6", "日本語のテキスト 🎉", "naïve café",
    "com.example.MyApplicationIdentifier", "issue PROJ-1234: fix the key handling", "SKU 12345678 in stock",
    "AKIA is how they begin", "a:b:c:d", "--token-file=/run/token", "TOKEN_LIMIT=4096", "key=value; other=thing",
    "${env:GITHUB_TOKEN}", "Authorization: Bearer ${env:API_TOKEN}", "curl -H \"Authorization: Bearer $TOKEN\" x",
    "password=$PASSWORD", "docker run -u 1000:1000 image", "docker run --user node:node image", "ghp_ is a beginning",
    "eyJ is how they begin", "-----BEGIN CERTIFICATE-----\nMIIE",
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIabcdef ann@host",
    "#!/bin/sh\nset -eu\nexec \"$@\"\n", "3f786850e387550fdab836ed7e6dc881de23001b is the commit",
  ]

  @Test func `there are more than fifty shapes`() { #expect(Self.tokens.count > 50 && Self.ordinary.count > 50) }

  @Test(arguments: tokens)
  func `a token is kept out, alone and within a text`(_ name: String, _ token: String) throws {
    for text in [
      token, "use \(token) for it", "run('\(token)')", "a\n\(token)\nb", "KEY=\(token)", "{\"k\":\"\(token)\"}",
    ] {
      let record = try Self.recorded(["content": .string(text)])
      #expect(record["arguments"] == ["content": "[redacted]"], "\(name): \(text)")
      #expect(record["redacted"] == ["content"])
    }
  }

  @Test(arguments: told)
  func `what its surroundings tell is kept out`(_ text: String) throws {
    #expect(try Self.recorded(["command": .string(text)])["arguments"] == ["command": "[redacted]"], "\(text)")
  }

  @Test(arguments: ordinary)
  func `an ordinary text stays`(_ text: String) throws {
    let record = try Self.recorded(["content": .string(text)])
    #expect(record["arguments"] == ["content": .string(text)])
    #expect(record["redacted"] == nil)
  }

  @Test(arguments: [
    "password", "Password", "PASSWORD", "db_password", "dbPassword", "password2", "passwd", "passphrase", "pin", "otp",
    "token", "accessToken", "access_token", "refresh-token", "secret", "client_secret", "clientSecret", "secrets",
    "apiKey", "api_key", "apikey", "X-Api-Key", "API_KEY", "privateKey", "private_key", "encryption_key", "signingKey",
    "Authorization", "Cookie", "set-cookie", "credentials", "credential", "jwt", "bearer", "auth",
    "AWS_SECRET_ACCESS_KEY",
    "master_key", "secretKey", "GITHUB_TOKEN",
  ])
  func `the value of a member that is named after a secret is kept out, whatever it is`(_ name: String) throws {
    for value: JSONValue in ["x", 1234, ["a", "b"], ["user": "ann", "pass": "x"], "no secret at all"] {
      let record = try Self.recorded(.object([.init(name, value), .init("path", "/x")]))
      #expect(record["arguments"] == .object([.init(name, "[redacted]"), .init("path", "/x")]))
    }
    for value: JSONValue in [.null, true, "", [], [:]] {
      #expect(try Self.recorded(.object([.init(name, value)]))["arguments"] == .object([.init(name, value)]))
    }
  }

  @Test(arguments: [
    "path", "key", "name", "issue_key", "primary_key", "sort_key", "keyboard", "monkey", "author", "max_tokens",
    "tokens",
    "token_count", "password_file", "secret_name", "api_key_id", "public_key", "publicKey", "passenger", "compass",
    "authority", "cookbook", "pinned", "spin", "tokenizer", "secretary", "auth_url", "token_type", "description",
  ])
  func `the value of another member stays`(_ name: String) throws {
    let record = try Self.recorded(.object([.init(name, "PROJ-1234"), .init("x", 1)]))
    #expect(record["arguments"] == .object([.init(name, "PROJ-1234"), .init("x", 1)]), "\(name)")
  }

  @Test func `some key is kept out if it looks like one`() throws {
    #expect(try Self.recorded(["some_key": .string(Self.body(24))])["arguments"] == ["some_key": "[redacted]"])
  }

  @Test func `names and values in pairs, and options and their words, are read together`() throws {
    for (arguments, kept, paths) in [
      (
        #"{"headers":[{"name":"Authorization","value":"x y"},{"name":"Accept","value":"x y"}]}"#,
        #"{"headers":[{"name":"Authorization","value":"[redacted]"},{"name":"Accept","value":"x y"}]}"#,
        ["headers[0].value"]
      ),
      (#"{"key":"DB_PASSWORD","value":"abc"}"#, #"{"key":"DB_PASSWORD","value":"[redacted]"}"#, ["value"]),
      (
        #"{"args":["--password","abc","--path","/x","--token","t"]}"#,
        #"{"args":["--password","[redacted]","--path","/x","--token","[redacted]"]}"#, ["args[1]", "args[5]"]
      ),
    ] { try expect(arguments, isRecordedAs: kept, paths) }
  }

  @Test func `paths are those of the policy language`() throws {
    try expect(
      #"{"a":{"b":[1,{"token":"x"}]},"a.b":{"password":1},"":{"pin":"1"},"é":{"pin":"1"},"a\nb":{"pin":2}}"#,
      isRecordedAs:
        #"{"a":{"b":[1,{"token":"[redacted]"}]},"a.b":{"password":"[redacted]"},"":{"pin":"[redacted]"},"#
        + #""é":{"pin":"[redacted]"},"a\nb":{"pin":"[redacted]"}}"#,
      ["a.b[1].token", #""a.b".password"#, #""".pin"#, "é.pin", #""a\nb".pin"#])
  }

  @Test func `a value that a reference was filled in with is kept out wherever it stands`() throws {
    let secrets = ["s3same-öpen", "12345678", "short"]
    for (arguments, kept, paths) in [
      (#"{"a":"x s3same-öpen y","b":"s3same"}"#, #"{"a":"[redacted]","b":"s3same"}"#, ["a"]),
      (#"{"a":"s3same-\u00f6pen"}"#, #"{"a":"[redacted]"}"#, ["a"]),
      (#"{"a":9123456780,"b":1234567}"#, #"{"a":"[redacted]","b":1234567}"#, ["a"]),
      (#"{"a":"short"}"#, #"{"a":"short"}"#, []),
      (
        #"{"x s3same-öpen":1,"[redacted":2,"b":{"12345678":null}}"#,
        #"{"[redacted* 1]":"[redacted]","[redacted":2,"b":{"[redacted 1]":"[redacted]"}}"#,
        [#""[redacted* 1]""#, #"b."[redacted 1]""#]
      ),
    ] { try expect(arguments, isRecordedAs: kept, paths, secrets: secrets) }
  }

  @Test func `what else is told of a call is read in the same way`() throws {
    let token = "gh" + "p_" + Self.body(36)
    let scratch = AuditScratch()
    let log = try scratch.log()
    try log.add(
      .call(tool: token, decision: Decision(.deny, by: .unknownTool, saying: "Denied: `\(token)` is not there.")))
    try log.add(.event(AuditEvent(.dropped, detail: "method \(token)")))
    let text = String(decoding: try scratch.files()[0].bytes, as: UTF8.self)
    #expect(!text.contains(token))
    #expect(try scratch.values()[1]["tool"] == "[redacted]")
  }

  @Test func `what a schema says of arguments is not recorded beside arguments that are kept out`() throws {
    let decision = Decision(.deny, by: .invalidArguments, saying: "Denied: `hunter2` is too short.")
    for (style, arguments, reason) in [
      (AuditSettings.Arguments.redacted, #"{"password":"hunter2"}"#, nil), (.none, #"{"a":"hunter2"}"#, nil),
      (.redacted, #"{"a":"b"}"#, decision.reason), (.full, #"{"password":"hunter2"}"#, decision.reason),
    ] {
      let scratch = AuditScratch()
      try scratch.log { $0.arguments = style }.add(.call(arguments: arguments, decision: decision))
      #expect(try scratch.values()[1]["reason"]?.string == reason)
    }
  }

  private static func recorded(_ arguments: JSONValue, secrets: [String] = []) throws -> JSONValue {
    try recorded(arguments.pretty(sorted: false), secrets: secrets)
  }

  private static func recorded(_ arguments: String, secrets: [String] = []) throws -> JSONValue {
    let scratch = AuditScratch()
    try scratch.log { $0.secrets = secrets }.add(.call(arguments: arguments))
    return try scratch.values()[1]
  }

  private func expect(
    _ arguments: String, isRecordedAs kept: String, _ paths: [String], secrets: [String] = []
  ) throws {
    let record = try Self.recorded(arguments, secrets: secrets)
    #expect(try record["arguments"] == JSONValue(parsing: Array(kept.utf8)))
    #expect(record["redacted"]?.array?.compactMap(\.string) ?? [] == paths)
  }
}

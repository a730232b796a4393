import LatchPolicy
import LatchTestSupport
import Testing

/// Nothing here opens any door: the tokens are the alphabet, and their beginnings are put together here.
@Suite struct SecretTests {
  private static let letters = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
  private static func body(_ count: Int) -> String { String(letters.prefix(count)) }
  private static let hex = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
  private static let upper = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789ABCDEFGHIJKL"
  private static let object = "ey" + "JzdWIiOiIxMjM0In0"

  static let secrets: [(String, String?)] = [
    ("gh" + "p_" + body(36), nil), ("gh" + "o_" + body(36), "X"), ("gh" + "s_" + body(36), nil),
    ("github" + "_pat_" + body(22) + "_" + body(59), nil), ("gl" + "pat-" + body(20), nil),
    ("gl" + "rt-" + body(20), nil), ("AK" + "IA" + upper.prefix(16), nil), ("AS" + "IA" + upper.prefix(16), nil),
    ("AI" + "za" + body(35), nil), ("GOC" + "SPX-" + body(28), nil), ("ya" + "29." + body(40), nil),
    ("xo" + "xb-" + body(40), nil), ("xo" + "xp-" + body(40), nil), ("xa" + "pp-1-" + body(40), nil),
    ("sk" + "_live_" + body(24), nil), ("sk" + "_test_" + body(24), nil), ("wh" + "sec_" + body(32), nil),
    ("sk" + "-ant-api03-" + body(60), nil), ("sk" + "-proj-" + body(60), nil), ("sk" + "-" + body(48), nil),
    ("sk" + "-or-v1-" + hex, nil), ("np" + "m_" + body(36), nil), ("py" + "pi-" + body(60), nil),
    ("h" + "f_" + body(34), nil), ("do" + "p_v1_" + hex, nil), ("S" + "G." + body(22) + "." + body(43), nil),
    ("S" + "K" + hex.prefix(32), nil), ("sh" + "pat_" + hex.prefix(32), nil), ("lin" + "_api_" + body(40), nil),
    ("nt" + "n_" + body(46), nil), ("fig" + "d_" + body(40), nil), ("sb" + "p_" + hex.prefix(40), nil),
    ("hv" + "s." + body(40), nil), ("da" + "pi" + hex.prefix(32), nil), ("dckr" + "_pat_" + body(27), nil),
    ("AT" + "ATT3" + body(60), nil), ("gl" + "sa_" + body(40), nil), ("gs" + "k_" + body(50), nil),
    ("tv" + "ly-" + body(32), nil), ("f" + "c-" + hex.prefix(32), nil),
    (object + "." + object + "." + body(43), nil),
    ("-----BEGIN " + "PRIVATE KEY-----\nMIIE", nil), ("-----BEGIN OPENSSH " + "PRIVATE KEY-----", nil),
    ("123456789" + ":AA" + body(33), nil), ("Bearer " + body(32), "Authorization"), ("Bearer " + body(40), nil),
    ("Basic " + "dXNlcjpodW50ZXIy", "Authorization"), ("token " + body(20), "authorization"),
    ("postgres://app:" + "hunter2@db.example.org/app", nil), ("https://user:" + "s3cr3tw0rd@host.test/x", "URL"),
    ("https://api.test/mcp?api_key=" + body(32), nil), ("https://h.test/?x=1&token=" + hex.prefix(32), nil),
    ("https://hooks.slack.com/" + "services/T0000/B0000/" + body(24), nil),
    ("DefaultEndpointsProtocol=https;Account" + "Key=" + body(44) + ";", nil),
    ("hunter2", "DB_PASSWORD"), ("correct-horse", "PASSWORD"), ("tr0ub4dor&3", "PGPASSWORD_PASS"),
    (body(32), "API_KEY"), (hex, "SECRET_KEY"), (body(24), "ACCESS_TOKEN"), (body(20), "X-Api-Key"),
    (String(hex.prefix(32)), "BRAVE_API_KEY"), ("550e8400-e29b-41d4-a716-446655440000", "API_TOKEN"),
    ("--api-key=" + body(32), nil), ("API_TOKEN=" + body(32), nil), ("X-Api-Key: " + body(32), nil),
    ("${env:TOKEN:-gh" + "p_" + body(36) + "}", "TOKEN"), ("prefix gh" + "p_" + body(36) + " suffix", nil),
    ("aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5bC7d", "AWS_SECRET_ACCESS_KEY"), (body(30), "githubToken"),
    ("${env:X:-hunter2hunter2}", "PASSWORD"), ("${env:DB_PASSWORD:-hunter2hunter2}", "DB"),
    ("a:${env:PORT:-80}:${DB_PASSWORD:-hunter2}", "DB"), ("${env:API_KEY:-" + body(32) + "}", "X"),
    ("--password=" + "hunter2", nil), ("qRsTuVwXyZaBcDeFgHiJkLmN", "CLIENT_SECRET"),
  ]

  static let harmless: [(String, String?)] = [
    ("${env:GITHUB_TOKEN}", "GITHUB_TOKEN"), ("Bearer ${env:MY_API_TOKEN}", "Authorization"),
    ("${file:/run/secrets/token}", "API_KEY"), ("Bearer ${file:~/x}", "Authorization"), ("$GITHUB_TOKEN", nil),
    ("${input:api-key}", "API_KEY"), ("postgres://app:${env:DB_PASSWORD}@db/app", nil),
    ("YOUR_TOKEN", "TOKEN"), ("your-api-key-here", "API_KEY"), ("<token>", "TOKEN"), ("<YOUR_GITHUB_TOKEN>", "TOKEN"),
    ("changeme", "PASSWORD"), ("change-me", "PASSWORD"), ("password", "PASSWORD"), ("xxxxxxxxxxxxxxxx", "API_KEY"),
    ("****************", "PASSWORD"), ("...", "API_KEY"), ("{{ api_key }}", "API_KEY"), ("%TOKEN%", "TOKEN"),
    ("[REDACTED]", "TOKEN"), ("placeholder", "SECRET"), ("", "PASSWORD"), ("none", "TOKEN"), ("true", "AUTH"),
    ("gh" + "p_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", nil), ("gh" + "p_YOUR_TOKEN_HERE", "GITHUB_TOKEN"),
    ("sk" + "-your-openai-key-goes-in-this-place-0123456789", "OPENAI_API_KEY"), ("gh" + "p_...", nil),
    ("AK" + "IAIOSFODNN7EXAMPLE", "AWS_ACCESS_KEY_ID"), ("Bearer <token>", "Authorization"),
    ("Bearer YOUR_API_TOKEN", "Authorization"), ("https://user:password@host/x", nil), ("https://user:<pw>@host", nil),
    ("550e8400-e29b-41d4-a716-446655440000", "PROJECT_ID"), ("550e8400-e29b-41d4-a716-446655440000", nil),
    ("0123456789abcdef0123456789abcdef01234567", nil), ("d41d8cd98f00b204e9800998ecf8427e", "COMMIT"),
    ("sha256:" + hex, nil), ("/etc/latch/token", "TOKEN_FILE"), ("/run/secrets/api_key", "API_KEY"),
    ("./secrets/key.pem", "PRIVATE_KEY"), ("~/.ssh/id_ed25519", "SSH_KEY"), ("4096", "MAX_TOKENS"),
    ("4096", "TOKEN_LIMIT"),
    ("my-app-secret-v2", "SECRET_NAME"), ("my-app-secret-v2", "SECRET"), ("oauth2", "AUTH"), ("bearer", "TOKEN_TYPE"),
    ("@modelcontextprotocol/server-filesystem@2026.1.14", nil), ("npx", nil), ("-y", nil),
    ("--token-file=/run/token", nil),
    ("sk" + "-learn", nil), ("task-force-one-two-three-four-five-six-seven", nil),
    ("key-value-store-of-the-project", nil),
    ("mcp-server-git==2026.1.14", nil), ("https://mcp.example.com/api?version=2025-03-26&limit=100", nil),
    ("https://auth.example.com/realms/main/protocol/openid-connect/token", "TOKEN_URL"), ("us-east-1", "AWS_REGION"),
    ("https://api.example.com", "API_KEY_ENDPOINT"), ("info", "LOG_LEVEL"), ("Bearer", "AUTH_SCHEME"),
    ("com.example.MyApplicationIdentifier", "APP_NAME"), ("monkey", "KEYBOARD"),
    ("primaryKeyColumnOfTheTable", "KEY_NAME"),
    ("postgres://localhost:5432/app", "DATABASE_URL"), ("git@github.com:owner/name.git", nil),
    ("${env:PASSWORD:-changeme}", "PASSWORD"), ("${env:PASSWORD:-}", "PASSWORD"), ("${env:PORT:-8080}", "PORT"),
    ("${env:PASSWORD_FILE:-/run/secrets/x}", "PASSWORD_FILE"), ("${env:LOG:-info}-${env:TOKEN}", "TOKEN_NAME"),
    ("user:group", nil), ("8080:80", nil), ("--env=production", nil), ("getAccessTokenFromKeychain", "AUTH"),
  ]

  @Test func `there are enough cases on both sides`() {
    #expect(Self.secrets.count >= 50 && Self.harmless.count >= 50)
  }

  @Test(arguments: secrets)
  func `this is told as a credential`(text: String, name: String?) {
    #expect(looksLikeSecret(text, name: name) != nil)
  }

  @Test(arguments: harmless)
  func `this is left alone`(text: String, name: String?) {
    #expect(looksLikeSecret(text, name: name) == nil)
  }

  @Test func `the kind says whose it is`() {
    #expect(looksLikeSecret("gh" + "p_" + Self.body(36), name: nil)?.description == "a GitHub token")
    #expect(looksLikeSecret("sk" + "-ant-" + Self.body(40), name: nil)?.description == "an Anthropic key")
    for text in ["host=h password=${env:P} user=u", "--password ${env:P} run", "Bearer ${env:T} and more"] {
      #expect(looksLikeSecret(text, name: nil) == nil, "\(text)")
    }
    for end in ["${env:A}", "${env:A} ", "x ${env:A}/"] {
      #expect(looksLikeSecret(end + "gh" + "p_" + Self.body(36), name: nil) != nil, "\(end)")
    }
    #expect(looksLikeSecret("postgres://u:Zk39dkqQ93kdLw0sAA@${env:HOST}/db", name: nil) != nil)
    #expect(looksLikeSecret("postgres://u:${env:P}@${env:HOST}/db", name: nil) == nil)
    #expect(looksLikeSecret("hunter2", name: "PASSWORD")?.description == "the value of `PASSWORD`, a credential")
    let told = looksLikeSecret("${env:DB_PASSWORD:-hunter2}", name: "DB")
    #expect(told?.description == "the value of `DB_PASSWORD`, a credential")
  }

  /// The scan reads blocks: nothing may depend on where in one a text stands, nor on what stands behind it.
  @Test(arguments: secrets.filter { $0.1 == nil })
  func `a credential is found wherever it stands`(text: String, name: String?) {
    for before in ["", " ", "-", "\u{e9}\u{2019} ", "\\n", "%3D", "a b/"] {
      for padding in 0..<20 {
        let found = String(repeating: "~", count: padding) + before + text
        let isTold = holdsSecret(found.utf8.span)
        #expect(isTold, "\(found)")
        #expect(looksLikeSecret(found + " and more", name: nil) != nil, "\(found)")
      }
    }
  }

  private static let prose = "The ferry leaves at nine, and the market opens an hour later. "

  /// The scan passes over what is dull: that must not hide what stands in the midst of it.
  @Test(arguments: secrets.filter { $0.1 == nil })
  func `a credential is found in the midst of prose`(text: String, name: String?) {
    let behind = String(repeating: Self.prose, count: 4)
    for offset in 0..<130 {
      let before = String((behind + behind).suffix(offset + 130))
      let found = before + text + " " + behind
      let isTold = holdsSecret(found.utf8.span)
      #expect(isTold, "\(offset)")
      #expect(looksLikeSecret(found, name: nil) != nil, "\(offset)")
    }
  }

  /// So is what is all inside a word.
  @Test(arguments: secrets.filter { $0.1 == nil })
  func `a credential is found between long words`(text: String, name: String?) {
    let behind = String(repeating: "m", count: 200)
    for length in 60..<150 {
      for sign in [" ", "-", "\\n", "%3D"] {
        let found = String(repeating: "W_0", count: length) + sign + text + " " + behind
        let isTold = holdsSecret(found.utf8.span)
        #expect(isTold, "\(length) \(sign)")
      }
    }
  }

  @Test func `prose changes nothing of what is found in it`() {
    var dice = Dice(seed: 7)
    let parts =
      [
        "Bearer ", "basic ", "BOT ", "token ", "apiKey ", "gh" + "p_", "sk" + "-", "1//0", "--password ", "-u ", "a:b",
        "password=", "x@y", "://", "hunter22", "~", "Q~", "MTIzNDU2Nzg5MDEyMzQ1Njc4OTAx.", "12345678:AA", " ", ", ",
        "\"", "\\n", "%3D", "é", "\u{2028}", "FlyV1 fm", "Account" + "Key=",
      ] + [8, 15, 16, 17, 20, 31, 40].map { Self.body($0) } + [Self.object, Self.object + ".", Self.hex, Self.upper]
    let behind = String(repeating: Self.prose, count: 4)
    var found = 0
    for _ in 0..<5_000 {
      let text = (0..<Int.random(in: 1...4, using: &dice)).map { _ in parts.randomElement(using: &dice) ?? "" }.joined()
      let before = String((behind + behind).suffix(Int.random(in: 130..<260, using: &dice)))
      // A text that is too short to be passed over.
      let isSecret = holdsSecret(("later. " + text + " The").utf8.span)
      if isSecret { found += 1 }
      let inProse = holdsSecret((before + text + " " + behind).utf8.span)
      #expect(inProse == isSecret, "\(text)")
    }
    #expect(found > 300 && found < 4_700)
  }

  /// A hostile file must not take long or crash the reader.
  @Test func `long and broken texts end soon`() {
    for unit in ["${", "://", "a:b@", "gh" + "p_", "=", "?&", "Bearer ", "ey" + "J.", "\u{0}", "é"] {
      _ = looksLikeSecret(String(repeating: unit, count: 2_000), name: "token")
    }
  }
}

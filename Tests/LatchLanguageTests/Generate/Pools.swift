import LatchJSON

/// Few values, so that everything happens often.
enum Pools {
  static let texts = [
    "a", "ab", "abc", "b", "A", "", "a/b", "a/b/c", "a.b", "latch.yaml", "$x", "*", "x\ny", "word one", "é", "e\u{301}",
    "🙂", "K", "\u{212A}", "0x1F", "a{b", "src/.git/config",
  ]
  static let odd: [JSONValue] = [
    .null, .bool(true), .number("3"), .number("1.50"), .string(""), .string("a"), .array([]), .object([]),
    .array([.string("a"), .number("1")]), .object([.init("name", .string("a"))]),
  ]

  static let paths = [
    "/srv/docs", "/srv/docs/", "/srv/docs/a.txt", "/srv/docs/deep/b.txt", "/srv/docs-private/a.txt", "/SRV/Docs/A.TXT",
    "/srv/project", "/srv/project/data/x", "/real/project/data/x", "/srv/projects/x", "/home/u/notes.txt", "/", "/etc",
    "/srv/docs/caf\u{E9}", "/srv/docs/cafe\u{301}", "/srv/docs/.git/config", "file:///srv/docs/a.txt",
    "/srv/docs/%2e%2e/x", "/srv/docs/...", "/srv/do\u{212A}s", "/srv/doks",
  ]
  static let uncleanPaths = [
    "srv/docs/a.txt", "/srv/docs/../etc", "/srv/./docs", "/srv//docs", "//host/share", "/srv/docs\\a", "/srv/docs\0/a",
    "file:///srv/docs/%2e%2e/x", "file://host/srv/docs", "file:///srv/docs?x", "FILE:///srv/docs", "~/notes.txt", "",
    "C:\\x", "/srv/project/latch.yaml", "latch.lock", "/home/u/.config/latch/state", "/home/u/.cursor/mcp.json",
    "/srv/docs//", "/srv/docs/..", ".", "/srv/project/.latch", ".cursor/mcp.json",
  ]

  static let urls = [
    "https://example.com", "https://example.com/a/b", "HTTPS://EXAMPLE.COM/a", "https://example.com./a",
    "https://api.example.com:8443/v1/x", "https://a.b.example.com/?q=1#f", "https://notexample.com/a",
    "https://example.com:443/a", "http://example.com:80/", "http://10.1.2.3/a", "http://127.0.0.1:8080/",
    "http://[::1]/a", "http://[2001:DB8::1]:8080/", "http://[::ffff:127.0.0.1]/", "ftp://example.com/a",
    "https://xn--exmple-4nf.com/a", "https://example.com/a/%62", "https://example.com//a", "https://example.com/v1/",
  ]
  static let uncleanURLs = [
    "https://github.com@evil.example/", "https://u:p@example.com/", "http://0x7f.1/", "http://127.1/",
    "http://2130706433/", "http://010.0.0.1/", "https://ex\u{430}mple.com/", "https://example.com\\@evil.example/",
    "https:/example.com", "https:example.com", "//example.com/", "example.com", "https://", "https://exa%6dple.com/",
    "https://example.com/a b", "https://example.com:99999/", "https://example.com/\u{E9}", "mailto:a@example.com",
    "https://example.com/a/../b", "https://example.com/%2e%2e/b", "https://example.com/a%2fb", " https://example.com/",
    "https://example.com/%zz", "http://[::1", "https://a..example.com/", "javascript:alert(1)", "",
  ]

  static let mails = [
    "a@example.com", "A.B@EXAMPLE.COM", "a@sub.example.com", "Ann Bee <a@example.com>", "b@evil.example",
    "a@notexample.com", "\"Ann B.\" <A@example.com>", "a+tag@example.com", "a@a.b.example.com",
  ]
  static let uncleanMails = [
    "a", "@example.com", "a@", "a@b@example.com", "a@example.com, b@evil.example", "a@example.com;b@evil.example",
    "\"a b\"@example.com", "a(comment)@example.com", "team: a@example.com;", "a@example.com\n", "a@[10.0.0.1]",
    "b@evil.example <a@example.com>", "a@example.com <b@evil.example>", "<a@example.com", "<a@example.com>",
    "x%y@example.com", "=?x?= <a@example.com>", "a b@example.com",
    "a@exa_mple.com",
    "a@ex\u{E4}mple.com", "",
  ]

  static let numbers = ["0", "1", "-1", "1.0", "1.5", "5", "10", "1e1", "100e-1", "-0", "0.1", "9007199254740991"]
  static let hugeNumbers = [
    "9007199254740992", "-9007199254740992", "1e20", "12345678901234567.5", "0.12345678901234567",
    "0.123456789012345678",
  ]

  // MARK: What is compared with

  static let words = ["a", "ab", "b", "abc", "$x", "é", "a/", "K", ".git"]
  static let globs = [
    "a*", "*b", "?", "**", "a/*", "a/**", "**/b", "a/**/c", "[a-c]b", "[!a]*", "{a,ab}", "{a,b/c}*", #"\*"#, "*.*",
    "a{b,}*",
    "[b-d]", "**/.git/**", #"a\{b"#,
  ]
  static let directories = [
    "/srv/docs", "/srv", "/", "/SRV/Docs", "/srv/docs/caf\u{E9}", "/srv/docs/deep/", "/srv/doks",
  ]
  static let pathGlobs = [
    "/srv/docs/*", "/srv/**", "/srv/**/*.txt", "**/.git/**", "**", "/srv/{docs,docs-private}/*", "/srv/docs/caf?",
    "/srv/[C-E]o*/**", "/srv/[!c]ocs", "/*", "/**", "/SRV/*/A.txt", "**/*.TXT", "/srv/do[!a]s",
  ]
  static let rests = ["", "/data", "/data/x"]
  static let globRests = ["", "/**", "/*/x", "/**/*.txt"]
  static let hosts = [
    "example.com", "*.example.com", "EXAMPLE.com", "api.example.com:8443", "*.example.com:8443", "example.com:443",
    "10.1.2.3", "[::1]", "[0:0:0:0:0:0:0:1]", "[2001:DB8::0:1]:8080", "[::ffff:127.0.0.1]", "xn--exmple-4nf.com",
    "evil.example", "127.0.0.1:8080",
  ]
  static let schemes = ["https", "HTTP", "ftp"]
  static let ports = ["80", "443", "8443", "8080"]
  static let urlPaths = ["/", "/a", "/a/*", "/**", "/v1/*", "**/b", "/a/b", "//*"]
  static let networks = ["10.0.0.0/8", "127.0.0.0/8", "::1/128", "2001:db8::/32", "0.0.0.0/0", "::/0", "10.1.2.3"]
  static let domains = ["example.com", "*.example.com", "EXAMPLE.com", "evil.example"]
  static let bounds = ["0", "1", "1.5", "5", "10", "-1", "1e1"]

  static let expressions: [RegexModel] = [
    .text("a"), .sequence([.start, .text("a")]), .sequence([.text("b"), .end]), .sequence([.start, .end]),
    .sequence([.start, .repeated(.oneOf(["a"..."c"], isNegated: false), 1, nil), .end]),
    .sequence([.start, .oneOf(["a"..."z"], isNegated: true)]), .caseless(.text("k")),
    .caseless(.oneOf(["a"..."b"], isNegated: false)),
    .sequence([.text("x"), .any]), .sequence([.wordBoundary, .text("one"), .wordBoundary]), .sequence([.digit, .word]),
    .sequence([.start, .alternatives([.text("a"), .text("ab")]), .repeated(.text("c"), 0, 1), .end]),
    .repeated(.text("ab"), 2, 3), .sequence([.start, .repeated(.any, 2, 2), .end]), .text("."), .text("$x"),
    .sequence([.start, .repeated(.repeated(.text("a"), 0, nil), 0, nil), .end]),
  ]
}

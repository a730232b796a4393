import Testing

/// What a matcher says of values, as JSON.
struct MatcherRow: Sendable, CustomTestStringConvertible {
  /// As an author writes it beside the path.
  var matcher: String
  var holds: [String]
  var fails: [String]
  var unreadable: [String] = []
  /// Whether it holds where the argument is missing.
  var holdsOfMissing = false

  var testDescription: String { matcher }
}

extension MatcherRow {
  static let equality = [
    MatcherRow(matcher: "a", holds: [#""a""#], fails: [#""b""#, #""A""#, "1", "null", #"["a"]"#, "{}"]),
    MatcherRow(matcher: "1", holds: ["1", "1.0", "10e-1"], fails: ["2", #""1""#, "true", "1.0000000000000000000001"]),
    MatcherRow(matcher: "12345678901234567890", holds: ["12345678901234567890"], fails: ["12345678901234567891"]),
    MatcherRow(matcher: "null", holds: ["null"], fails: ["0", "false", #""""#, #""null""#]),
    MatcherRow(matcher: "[a, 2, true]", holds: [#""a""#, "2", "true"], fails: [#"["a", 2, true]"#, #""2""#, "false"]),
    MatcherRow(
      matcher: "{ equals: { b: [1], a: x } }", holds: [#"{"a": "x", "b": [1.0]}"#],
      fails: [#"{"a": "x"}"#, #"{"a": "x", "b": [1], "c": 1}"#, #"{"a": "x", "b": [1, 1]}"#, #""x""#]),
    MatcherRow(matcher: "{ in: [[1], [], a] }", holds: ["[1]", "[]", #""a""#], fails: ["1", "[[1]]", #"["a"]"#]),
    MatcherRow(matcher: "\"\\u00e9\"", holds: [#""\u00e9""#], fails: [#""e\u0301""#]),
    MatcherRow(matcher: "$names", holds: [#""a""#, #""$b""#, "7"], fails: [#""$names""#, #""$$b""#, #""b""#]),
    MatcherRow(matcher: "[$names, z]", holds: [#""a""#, #""z""#], fails: [#""b""#]),
    MatcherRow(matcher: "$$names", holds: [#""$names""#], fails: [#""a""#]),
  ]

  static let texts = [
    MatcherRow(
      matcher: "{ regex: '^a+$' }", holds: [#""a""#, #""aaa""#], fails: [#""ab""#, #""a\n""#, #""""#],
      unreadable: ["1", "null", "true", #"["a"]"#, "{}"]),
    MatcherRow(
      matcher: #"{ regex: ['(?i)key', '\d{2}'] }"#, holds: [#""my Key""#, #""a12""#, "\"\u{212A}ey\""],
      fails: [#""1a2""#, #""\u0661\u0662""#], unreadable: ["12"]),
    MatcherRow(matcher: "{ regex: 'x.y' }", holds: [#""x-y""#], fails: [#""x\ny""#, #""xy""#], unreadable: ["null"]),
    MatcherRow(
      matcher: "{ glob: 'a/*/c' }", holds: [#""a/b/c""#, #""a//c""#], fails: [#""a/b/d/c""#, #""x/a/b/c""#, #""a/c""#],
      unreadable: ["1", "null", "[]", "{}"]),
    MatcherRow(
      matcher: "{ glob: ['**/.git/**', '[!a]?'] }", holds: [#""x/.git/config""#, #"".git""#, #""bc""#],
      fails: [#""ab""#, #""x.git/y""#, #""b""#], unreadable: ["true"]),
    MatcherRow(
      matcher: #"{ glob: '{a,b/c}\*' }"#, holds: [#""a*""#, #""b/c*""#], fails: [#""ax""#, #""b*""#], unreadable: ["0"]),
    MatcherRow(
      matcher: "{ prefix: [/srv/, a] }", holds: [#""/srv/x""#, #""ab""#], fails: [#""/srv""#, #""A""#, #""""#],
      unreadable: ["1", #"["a"]"#]),
    MatcherRow(
      matcher: "{ suffix: .txt }", holds: [#""a.txt""#, #"".txt""#], fails: [#""a.txt/""#, #""a.TXT""#],
      unreadable: ["null"]),
    MatcherRow(
      matcher: "{ contains: $words }", holds: [#""xay""#, #""b$c""#], fails: [#""xy""#, #""A""#], unreadable: ["{}"]),
    MatcherRow(
      matcher: "{ prefix: a, suffix: b }", holds: [#""ab""#, #""a-b""#], fails: [#""a""#, #""b""#, #""ba""#],
      unreadable: ["1"]),
  ]

  static let paths = [
    MatcherRow(
      matcher: "{ within: /srv/docs }",
      holds: [
        #""/srv/docs""#, #""/srv/docs/""#, #""/srv/docs/a/b""#, #""file:///srv/docs/a""#, #""/srv/docs/%2e%2e""#,
      ],
      fails: [#""/srv/docs-private/a""#, #""/srv""#, #""/""#, #""/srv/docs./a""#],
      unreadable: [
        "1", "null", #"["/srv/docs"]"#, #""srv/docs""#, #""""#, #""/srv/docs/../etc""#, #""/srv/./docs""#,
        #""/srv//docs""#,
        #""//host/docs""#, #""/srv/docs\u0000""#, #""/srv/docs\\a""#, #""file:///srv/docs/%2e%2e""#,
        #""file://host/srv""#,
        #""~/a""#,
      ]),
    MatcherRow(
      matcher: "{ within: ['${project}', '${home}/notes'] }",
      holds: [#""/srv/project""#, #""/srv/project/a""#, #""/home/u/notes/b""#],
      fails: [#""/srv/projects""#, #""/home/u""#],
      unreadable: [#""${project}/a""#, #""${home}""#]),
    MatcherRow(
      matcher: "{ within: $dirs }", holds: [#""/opt/a""#, #""/srv/project/data""#], fails: [#""/srv/project""#]),
    MatcherRow(
      matcher: "{ path_glob: '/srv/*/[a-c]*.txt' }", holds: [#""/srv/x/a.txt""#, #""/srv/x/b.b.txt""#],
      fails: [#""/srv/x/y/a.txt""#, #""/srv/x/d.txt""#], unreadable: ["1", #""/srv/x/../a.txt""#, #""srv/x/a.txt""#]),
    MatcherRow(
      matcher: "{ path_glob: ['**/.git/**', '${project}/*.md'] }",
      holds: [#""/a/.git""#, #""/.git/x/y""#, #""/srv/project/a.md""#],
      fails: [#""/a.git/b""#, #""/srv/project/d/a.md""#],
      unreadable: [#""..""#]),
  ]

  static let urls = [
    MatcherRow(
      matcher: "{ host: example.com }",
      holds: [#""https://example.com""#, #""HTTP://EXAMPLE.COM./a""#, #""wss://example.com:8443/?q""#],
      fails: [
        #""https://a.example.com/""#, #""https://example.com.evil.example/""#, #""https://xn--exmple-4nf.com/""#,
      ],
      unreadable: [
        "1", "null", #""example.com""#, #""https://example.com@evil.example/""#,
        #""https://example.com\\@evil.example/""#,
        #""https://ex\u0430mple.com/""#, #""https:/example.com/""#, #""https://exa%6dple.com/""#,
        #""https://example.com /""#,
        #""http://0x7f.1/""#, #""http://127.1/""#, #""http://2130706433/""#, #""mailto:a@example.com""#,
        #""file:///example.com""#, #""https:///example.com""#,
      ]),
    MatcherRow(
      matcher: "{ host: ['*.example.com', 'other.example:8443'] }",
      holds: [#""https://a.example.com/""#, #""https://a.b.example.com:1/""#, #""https://other.example:8443/""#],
      fails: [#""https://example.com/""#, #""https://notexample.com/""#, #""https://other.example/""#]),
    MatcherRow(
      matcher: "{ host: ['[2001:DB8:0:0:0:0:0:1]', '[::ffff:10.0.0.1]', 192.0.2.1] }",
      holds: [
        #""http://[2001:db8::1]/""#, #""http://10.0.0.1/""#, #""http://[::FFFF:a00:1]/""#, #""http://192.0.2.1:1/""#,
      ],
      fails: [#""http://[2001:db8::2]/""#, #""http://10.0.0.2/""#], unreadable: [#""http://192.0.2.01/""#]),
    MatcherRow(
      matcher: "{ scheme: [https, WSS] }", holds: [#""https://a""#, #""HTTPS://a""#, #""wss://a""#],
      fails: [#""http://a""#],
      unreadable: [#""https:a""#, "1", #""javascript:alert(1)""#]),
    MatcherRow(
      matcher: "{ port: [443, 8080] }", holds: [#""https://a""#, #""http://a:8080/""#, #""http://a:443""#],
      fails: [#""http://a""#, #""https://a:80""#, #""x://a""#],
      unreadable: [#""http://a:99999""#, #""http://a:x""#, "443"]),
    MatcherRow(
      matcher: "{ url_path: ['/v1/**', /] }",
      holds: [#""https://a/v1/x/y""#, #""https://a""#, #""https://a/?q""#, #""https://a/%761/x""#],
      fails: [#""https://a/v2""#, #""https://a/v10/x""#],
      unreadable: [
        #""https://a/v1/../x""#, #""https://a/%2e%2e/x""#, #""https://a/v1%2fx""#, #""https://a/v1//x""#, "null",
      ]),
    MatcherRow(
      matcher: "{ ip_in: [127.0.0.0/8, '::1'] }",
      holds: [
        #""http://127.0.0.1/""#, #""http://127.9.9.9:80/""#, #""http://[::1]/""#, #""http://[::ffff:127.0.0.1]/""#,
      ],
      fails: [#""http://128.0.0.1/""#, #""http://[2001:db8::2]/""#],
      unreadable: [#""http://localhost/""#, #""http://0x7f.1/""#, #""127.0.0.1""#, "1"]),
    MatcherRow(
      matcher: "{ email_domain: example.com }",
      holds: [#""a@example.com""#, #""Ann Bee <a.b@EXAMPLE.com>""#],
      fails: [#""a@sub.example.com""#, #""a@notexample.com""#],
      unreadable: [
        "1", "null", #"["a@example.com"]"#, #""example.com""#, #""a@example.com, b@evil.example""#,
        #""a@b@example.com""#,
        #""\"a b\"@example.com""#, #""a(b)@example.com""#, #""team: a@example.com;""#,
        #""a@example.com <b@evil.example>""#, #""a@example.com\nBcc: b@evil.example""#,
      ]),
    MatcherRow(
      matcher: "{ email_domain: '*.example.com' }", holds: [#""a@sub.example.com""#, #""a@b.c.example.com""#],
      fails: [#""a@example.com""#, #""a@notexample.com""#]),
  ]

  static let numbers = [
    MatcherRow(
      matcher: "{ min: 1.5 }", holds: ["1.5", "1.50", "2", "15e-1"], fails: ["1.49999999999999", "-2", "0"],
      unreadable: ["null", #""2""#, "[2]", "9007199254740992", "1e20", "0.123456789012345678"]),
    MatcherRow(
      matcher: "{ max: 10 }", holds: ["10", "1e1", "-9007199254740991"], fails: ["10.1", "11"],
      unreadable: [#""5""#, "true"]),
    MatcherRow(
      matcher: "{ above: 0, below: 1 }", holds: ["0.5", "1e-3"], fails: ["0", "-0", "1", "1.0"], unreadable: ["{}"]),
    MatcherRow(
      matcher: "{ length: { min: 1, max: 2 } }", holds: [#""a""#, #""\ud83d\ude42\u00e9""#, "[1, 2]", #"{"a": 1}"#],
      fails: [#""""#, #""abc""#, "[]", #"{"a": 1, "b": 2, "c": 3}"#], unreadable: ["1", "null", "true"]),
    MatcherRow(matcher: "{ length: { max: 0 } }", holds: [#""""#, "[]", "{}"], fails: [#""a""#], unreadable: ["0"]),
  ]

  static let shapes = [
    MatcherRow(matcher: "{ type: string }", holds: [#""""#], fails: ["1", "null", "[]", "{}", "true"]),
    MatcherRow(matcher: "{ type: [integer, 'null'] }", holds: ["1", "1.0", "1e2", "null"], fails: ["1.5", #""1""#]),
    MatcherRow(matcher: "{ type: [number, boolean] }", holds: ["1", "1.5", "false"], fails: ["null"]),
    MatcherRow(matcher: "{ present: true }", holds: ["1", "null", "[]"], fails: []),
    MatcherRow(matcher: "{ present: false }", holds: [], fails: ["1", "null"], holdsOfMissing: true),
    MatcherRow(
      matcher: "{ any: { glob: 'a*' } }", holds: [#"["b", "ab"]"#], fails: ["[]", #"["b"]"#],
      unreadable: [#""ab""#, "{}", "null", #"["ab", 1]"#, #"["ab", ["ab"]]"#]),
    MatcherRow(
      matcher: "{ all: [a, b] }", holds: [#"["a"]"#, #"["a", "b", "a"]"#], fails: ["[]", #"["a", "c"]"#, "[1]"],
      unreadable: [#""a""#, "1"]),
    MatcherRow(
      matcher: "{ any: { all: 1 } }", holds: ["[[2], [1, 1]]"], fails: ["[[]]", "[]", "[[1, 2]]"], unreadable: ["[1]"]),
    MatcherRow(
      matcher: "{ fields: { n: { min: 1 }, any_of: [{ a: 1 }, { b: 1 }] } }",
      holds: [#"{"n": 2, "a": 1}"#, #"{"n": 1, "b": 1, "c": 0}"#], fails: ["{}", #"{"n": 2}"#, #"{"n": 0, "a": 1}"#],
      unreadable: ["[]", "null", #""n""#, #"{"n": "2", "a": 1}"#]),
    MatcherRow(
      matcher: "{ any: { fields: { path: { within: /srv } } } }", holds: [#"[{"path": "/etc"}, {"path": "/srv/a"}]"#],
      fails: ["[{}]", "[]"], unreadable: [#"[{"path": "/srv/a"}, {"path": ".."}]"#, "[1]"]),
    MatcherRow(
      matcher: "{ not: { glob: 'a*' } }", holds: [#""b""#], fails: [#""a""#], unreadable: ["1", "null"],
      holdsOfMissing: true),
    MatcherRow(
      matcher: "{ not: [a, 1] }", holds: [#""b""#, "null", "2"], fails: [#""a""#, "1.0"], holdsOfMissing: true),
    MatcherRow(
      matcher: "{ not: { not: { present: true } } }", holds: ["1"], fails: []),
    MatcherRow(
      matcher: "{ type: [string, 'null'], prefix: a }", holds: [#""ab""#], fails: [#""b""#, "null"],
      unreadable: ["1", "[]"]),
    MatcherRow(
      matcher: "{ type: ['null', string], within: /srv }", holds: [#""/srv""#], fails: ["null", #""/etc""#],
      unreadable: [#""..""#, "1"]),
    MatcherRow(
      matcher: "{ type: [string, array], not: { type: [string, 'null'], prefix: a } }", holds: [#""b""#, "[]"],
      fails: [#""ab""#, "null"], unreadable: ["1"]),
  ]

  /// Under `**`: here the values are the arguments.
  static let anywhere = [
    MatcherRow(
      matcher: "a", holds: [#"{"x": ["b", "a"]}"#, #"{"a": 1}"#, #"{"x": {"y": {"a": null}}}"#],
      fails: ["{}", #"{"x": "ab"}"#, #"{"x": 1}"#]),
    MatcherRow(matcher: "[a, $words]", holds: [#"{"x": "a"}"#, #"{"x": "$c"}"#], fails: [#"{"x": "$words"}"#]),
    MatcherRow(matcher: "{ in: [a, b] }", holds: [#"{"x": "b"}"#], fails: [#"{"x": "c"}"#]),
    MatcherRow(matcher: "{ glob: '*/b' }", holds: [#"{"x": "a/b"}"#], fails: [#"{"x": "b"}"#]),
    MatcherRow(matcher: "{ regex: 'a$' }", holds: [#"{"xa": 1}"#], fails: [#"{"x": "ab"}"#]),
    MatcherRow(matcher: "{ contains: [ss, tt] }", holds: [#"{"x": [["pass"]]}"#], fails: [#"{"x": "st"}"#]),
    MatcherRow(
      matcher: "{ prefix: a, suffix: b }", holds: [#"{"x": "ab"}"#],
      fails: [#"{"x": "a", "y": "b"}"#, #"{"x": "ba"}"#]),
  ]
}

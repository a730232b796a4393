import LatchPolicy
import Testing

@Suite struct CleanURLTests {
  @Test(arguments: [
    ("https://example.com", "example.com:443"), ("HTTPS://EXAMPLE.com.:443/", "example.com:443"),
    ("http://example.com/x", "example.com:80"), ("ws://h", "h:80"), ("wss://h", "h:443"), ("ftp://h/x", "h:21"),
    ("ssh://h", "h:"), ("ssh://h:22", "h:22"), ("git+ssh://h/x", "h:"), ("https://h:", "h:443"),
    ("https://h:/x", "h:443"), ("https://h:8443/x", "h:8443"), ("http://h:65535", "h:65535"), ("http://h:1", "h:1"),
    ("https://h?x", "h:443"), ("https://h#x", "h:443"), ("https://h/@x", "h:443"), ("https://h/x?a@b", "h:443"),
    ("https://h/x?q=a[]|{}", "h:443"), ("http://127.0.0.1/", "127.0.0.1:80"),
    ("http://255.255.255.255:8080", "255.255.255.255:8080"), ("http://[::1]", "[::1]:80"),
    ("http://[::1]:8080/", "[::1]:8080"), ("http://[0:0:0:0:0:0:0:1]", "[::1]:80"),
    ("http://[2001:DB8::0:A]/", "[2001:db8::a]:80"), ("http://[::ffff:127.0.0.1]", "127.0.0.1:80"),
    ("http://[::FFFF:7f00:1]:81", "127.0.0.1:81"), ("https://xn--bcher-kva.example", "xn--bcher-kva.example:443"),
    ("https://a_b.example", "a_b.example:443"), ("https://r3---sn-x.example", "r3---sn-x.example:443"),
    ("https://127.0.0.1.example.com", "127.0.0.1.example.com:443"),
    ("https://1e4.example.0xg", "1e4.example.0xg:443"),
    ("https://gitlab.example/api/v4/projects/a%2Fb", "gitlab.example:443"), ("https://a.example//b", "a.example:443"),
  ])
  func theHostIsReadInOneSpelling(_ text: String, _ subject: String) {
    #expect(Readings.hostAndPort(text) == subject)
  }

  @Test(
    arguments: [
      (
        .notAbsolute,
        [
          "", "example.com", "//example.com/x", "/x", "https:example.com", "https:/example.com", "://h", "1https://h",
          "ht_tp://h", "mailto:a@b.example", "javascript:alert(1)", "data:text/html,x", "url:http://h/",
          "view-source:http://h/", "<http://h/>", "https", "h:/",
        ]
      ),
      (.host(.empty), ["http:///h", "http:////h/", "http://", "http://:80", "http://?x"]),
      (.fileURL, ["file:///etc/passwd", "FILE://localhost/x"]),
      (
        .spaceOrControl,
        [
          "http://exa mple", " http://h", "http://h ", "ht\ntp://h", "http://h/a\tb", "http://h\r\nX: y", "http://h/\0",
          "http://h/x y", "http://h/\u{7F}",
        ]
      ),
      (.backslash, ["https://evil.example\\@good.example", "https:\\\\h\\x", "https://h/?x\\y"]),
      (
        .userInformation,
        [
          "https://github.com@evil.example", "https://good.example:443@evil.example/", "https://user:pass@h/",
          "https://@h/", "https://h@/", "https://good.example#@evil.example", "https://good.example?@evil.example/",
          "https://good.example#a@evil.example",
        ]
      ),
      (
        .host(.character),
        [
          "http://good.example%2eevil.example", "http://%65xample.com", "http://good.example;evil.example/",
          "http://a,b/", "http://good.example&evil/", "http://a!b/",
        ]
      ),
      (
        .beyondASCII,
        [
          "https://example．com", "https://example。com", "https://аpple.com", "https://exampl\u{212F}.com",
          "https://a\u{AD}b.com", "https://h/é", "ｈttps://h", "https://evil.c℀.good.example", "https://h\u{2028}",
        ]
      ),
      (.host(.emptyLabel), ["https://a..b", "https://.a", "https://a..", "https://.", "https://.."]),
      (.host(.hyphen), ["https://-a", "https://a-.b", "https://xn--google-.com", "https://xn--.com"]),
    ] as [(CleanURL.Problem, [String])])
  func whatReadersTakeForDifferentHostsIsRefused(_ problem: CleanURL.Problem, _ texts: [String]) {
    for text in texts { #expect(Readings.problem(ofURL: text) == problem, "\(text.debugDescription)") }
  }

  @Test(arguments: [
    "0x7f.1", "0x7f000001", "127.1", "2130706433", "0177.0.0.1", "127.0.0.01", "127.0.0.1.", "1.2.3", "1.2.3.4.5",
    "256.0.0.1", "1.2.3.256", "1.2.3.0x4", "0X7F.0.0.1", "a.0x", "0x", "0", "example.1", "1.2.3.0400", "999", "1..2",
    "4294967296", "1.2.3.4294967295",
  ])
  func whatEndsInANumberIsAPlainAddressOrNothing(_ host: String) {
    #expect(Readings.hostAndPort("http://\(host)/") == nil)
  }

  @Test(arguments: [
    "[", "]", "[]", "[:]", "[:::]", "[::1", "::1", "[::1]]", "[[::1]]", "[::1]x", "[::1%25eth0]", "[fe80::1%eth0]",
    "[1::2::3]", "[1:2:3:4:5:6:7]", "[1:2:3:4:5:6:7:8:9]", "[1:2:3:4::5:6:7:8]", "[12345::]", "[g::]", "[::1.2.3]",
    "[::1.2.3.4.5]", "[::1.2.3.04]", "[1.2.3.4]", "[1.2.3.4::]", "[1:2:3:4:5:6:7:1.2.3.4]", "[v1.x]", "[ ::1]",
    "[1:]", "[:1]", "[::1:]", "[:1::2]", "[::ffff:0x7f.1]", "[::]1", "x[::1]", "[localhost]",
  ])
  func whatIsNoIPv6AddressInBracketsIsRefused(_ host: String) {
    #expect(Readings.hostAndPort("http://\(host)/") == nil)
  }

  @Test(arguments: [
    "0", "00", "080", "0443", "65536", "99999", "100000", "-1", "+80", "8a", "80:", "80:80", " 80", "0x50", "٨٠",
    "80%30",
  ])
  func whatIsNoPlainPortIsRefused(_ port: String) {
    #expect(Readings.hostAndPort("http://h:\(port)/") == nil)
    #expect(Readings.hostAndPort("http://[::1]:\(port)/") == nil)
  }

  @Test func namesAreAsLongAsTheDNSAllows() {
    let label = String(repeating: "a", count: 63)
    let longest = [label, label, label, String(repeating: "b", count: 61)].joined(separator: ".")
    #expect(Readings.hostAndPort("http://\(longest).:65535") == longest + ":65535")
    #expect(Readings.problem(ofURL: "http://\(longest)c") == .host(.tooLong))
    #expect(Readings.problem(ofURL: "http://\(label)a.example") == .host(.tooLong))
  }

  @Test(arguments: [("HTTPS://h", "https"), ("git+SSH://h", "git+ssh"), ("a.b-c+1://h", "a.b-c+1")])
  func schemesAreComparedInSmallLetters(_ text: String, _ scheme: String) {
    #expect(Readings.scheme(text) == scheme)
  }

  @Test(
    arguments: [
      ("http://127.0.0.1", "127.0.0.1"), ("http://[::ffff:10.0.0.1]", "10.0.0.1"), ("http://[::1]", "::1"),
      ("http://[::]", nil), ("http://0.0.0.0", nil), ("http://0.0.0.1", "0.0.0.1"), ("http://localhost", nil),
      ("http://[64:ff9b::7f00:1]", nil),
      ("http://[64:ff9b:1::1]", nil), ("http://[2002:7f00:1::]", nil), ("http://[::127.0.0.1]", nil),
      ("http://[2001::1]", nil), ("http://[::ffff:0:127.0.0.1]", nil), ("http://[2001:db8::1]", "2001:db8::1"),
      ("http://[65:ff9b::1]", "65:ff9b::1"),
    ] as [(String, String?)])
  func anAddressThatMayLeadElsewhereIsNotTold(_ text: String, _ address: String?) throws {
    #expect(try Readings.url(text).address?.text == address)
  }

  @Test func everyProblemIsNamed() {
    let problems: [CleanURL.Problem] = [
      .notAbsolute, .fileURL, .backslash, .spaceOrControl, .beyondASCII, .userInformation, .port, .pathCharacter,
      .percent,
      .doublePercent, .encodedSeparator, .encodedControl, .dotSegment, .emptySegment, .parameters, .pathText,
      .strippedEnd,
    ]
    let messages = problems.map(\.message) + Host.Problem.allCases.map { CleanURL.Problem.host($0).message }
    #expect(Set(messages).count == messages.count)
  }
}

import LatchAutomata
import Testing

@Suite struct HostTests {
  @Test(arguments: [
    ("example.com", "example.com:443", true), ("example.com", "example.com:", true),
    ("example.com", "example.com", false),
    ("example.com", "a.example.com:443", false), ("example.com", "xexample.com:443", false),
    ("example.com", "example.com.evil.org:443", false), ("Example.COM.", "example.com:80", true),
    ("example.com:8443", "example.com:8443", true), ("example.com:8443", "example.com:443", false),
    ("example.com:8443", "example.com:", false), ("example.com.:8443", "example.com:8443", true),
    ("*.example.com", "a.example.com:443", true), ("*.example.com", "a.b.example.com:", true),
    ("*.example.com", "example.com:443", false), ("*.example.com", ".example.com:443", false),
    ("*.example.com", "a..example.com:443", false), ("*.example.com", "aexample.com:443", false),
    ("*.example.com", "evil.org:.example.com:443", false), ("*.example.com:1", "x_y.example.com:1", true),
    ("*.example.com", "evil.org/.example.com:1", false), ("*.example.com", "a@b.example.com:1", false),
    ("localhost", "localhost:3000", true), ("127.0.0.1", "127.0.0.1:80", true), ("127.0.0.1", "127.0.0.10:80", false),
    ("[2001:DB8::1]", "[2001:db8::1]:443", true), ("[::1]:80", "[::1]:80", true), ("[::1]:80", "[::1]:81", false),
    ("[::]", "[::]:1", true), ("[1::]", "[1::]:", true),
    ("[1:0:3:4:5:6:7:8]", "[1:0:3:4:5:6:7:8]:443", true),
    ("xn--bcher-kva.example", "xn--bcher-kva.example:443", true), ("a-b.c", "a-b.c:1a", false),
  ])
  func hostsAreNamedExactlyOrBelow(_ pattern: String, _ subject: String, _ expected: Bool) throws {
    #expect(try Automaton.host(pattern).accepts(subject) == expected)
  }

  @Test(arguments: [
    ("example.com", "example.com", true), ("EXAMPLE.com.", "example.com", true),
    ("example.com", "a.example.com", false),
    ("*.example.com", "a.example.com", true), ("*.example.com", "b.a.example.com", true),
    ("*.example.com", "example.com", false), ("example.com", "example.com:", false),
  ])
  func domainsAreNamedExactlyOrBelow(_ pattern: String, _ subject: String, _ expected: Bool) throws {
    #expect(try Automaton.domain(pattern).accepts(subject) == expected)
  }

  @Test(arguments: [
    ("", 0, "empty"), ("*", 0, "every host"), ("*.", 0, "every host"), ("a.*", 2, "at the front"),
    ("ex*mple.com", 2, "at the front"),
    ("**.a", 0, "at the front"), ("*.*.a", 2, "at the front"), ("a..b", 2, "label is empty"),
    (".a", 0, "label is empty"), ("a..", 2, "label is empty"),
    ("https://a.b", 5, "no scheme"), ("a.b/c", 3, "path"), ("u@a.b", 1, "no user"), ("a b", 1, "no spaces"),
    ("a\n", 1, "control"),
    ("a?b", 1, "path"), ("a\\b", 1, "path"), ("bücher.example", 1, "xn--"), ("a%20b", 1, "letters"), ("a:b", 2, "port"),
    ("a:", 2, "port"),
    ("a:0", 2, "port"), ("a:080", 2, "port"), ("a:65536", 2, "port"), ("::1", 0, "brackets"), ("a:1:2", 1, "brackets"),
    ("[::1", 0, "brackets"), ("[::1]x", 0, "brackets"), ("[a.b]", 0, "brackets"), ("[::1]:x", 6, "port"),
    ("[0:0::1]", 0, "`[::1]`"),
    ("[1:0:0:2:0:0:0:3]", 0, "`[1:0:0:2::3]`"), ("[::0001]", 0, "`[::1]`"),
    ("[::ffff:192.0.2.1]", 0, "`192.0.2.1`"), ("[::FFFF:c000:201]", 0, "`192.0.2.1`"),
    ("[64:ff9b::1.2.3.4]", 0, "`[64:ff9b::102:304]`"),
    ("[1:2:3:4:5:6:7]", 0, "brackets"), ("[1::2::3]", 0, "brackets"), ("[:::]", 0, "brackets"),
    ("[fe80::1%eth0]", 0, "brackets"),
    ("[]", 0, "brackets"), ("-a.b", 0, "begins"), ("a.b-", 2, "begins"),
    ("1.2.3", 0, "IPv4"),
    ("1.2.3.256", 0, "IPv4"), ("01.2.3.4", 0, "IPv4"), ("0x7f.1", 0, "IPv4"), ("*.1.2.3.4", 2, "IPv4"),
    ("a.0x1f", 0, "IPv4"),
    (String(repeating: "a", count: 64) + ".b", 0, "63"), (String(repeating: "a.", count: 127) + "b", 0, "253"),
  ])
  func whatIsNoHostIsASyntaxError(_ pattern: String, _ offset: Int, _ words: String) {
    #expect(
      performing: { try Automaton.host(pattern) },
      throws: { error in
        guard let error = error as? PatternError else { return false }
        if error.offset != offset || !error.message.contains(words) { print(pattern, error) }
        return error.kind == .syntax && error.offset == offset && error.message.contains(words)
      })
  }

  @Test(arguments: ["a:1", "[::1]", "1.2.3.4", "*", "a@b", "a.*"])
  func whatIsNoDomainIsASyntaxError(_ pattern: String) {
    #expect { try Automaton.domain(pattern) } throws: { ($0 as? PatternError)?.kind == .syntax }
  }
}

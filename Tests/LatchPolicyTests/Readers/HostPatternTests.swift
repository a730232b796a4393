import LatchPolicy
import Testing

@Suite struct HostPatternTests {
  @Test(
    arguments: [
      ("Example.COM.", false, "example.com", nil), ("*.example.com", true, "example.com", nil),
      ("h:8443", false, "h", 8443), ("*.h:443", true, "h", 443), ("[0::1]:80", false, "[::1]", 80),
      ("127.0.0.1", false, "127.0.0.1", nil), ("[::ffff:127.0.0.1]", false, "127.0.0.1", nil),
      ("xn--bcher-kva.example", false, "xn--bcher-kva.example", nil),
    ] as [(String, Bool, String, UInt16?)])
  func anAuthorsHostIsReadAsAURLsIs(_ text: String, _ isWildcard: Bool, _ host: String, _ port: UInt16?) throws {
    let pattern = try HostPattern(text)
    #expect(pattern.isWildcard == isWildcard)
    #expect(pattern.host == host)
    #expect(pattern.port == port)
  }

  @Test(
    arguments: [
      (.beyondASCII, ["bücher.example"]),
      (.noBrackets("::1"), ["::1"]),
      (.host(.character), ["*", "a.*.b"]),
      (.host(.empty), ["*.", ""]),
      (.belowAddress, ["*.127.0.0.1", "*.[::1]"]),
      (.port, ["h:0", "h:x", "https://h"]),
      (.host(.number), ["2130706433"]),
      (.host(.emptyLabel), ["a..b"]),
    ] as [(HostPattern.Problem, [String])])
  func anAuthorsHostThatNoURLCanHaveIsRefused(_ problem: HostPattern.Problem, _ texts: [String]) {
    for text in texts { #expect(throws: problem, "\(text)") { try HostPattern(text) } }
  }

  @Test(arguments: ["example.com.", "a_b.example", "h:25", "[::1]", "127.0.0.1", "a@b.example"])
  func mailDomainsAreNarrower(_ text: String) throws {
    #expect(try HostPattern(mailDomain: "*.Example.com").host == "example.com")
    #expect(throws: HostPattern.Problem.self) { try HostPattern(mailDomain: text) }
  }
}

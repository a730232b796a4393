import LatchPolicy
import Testing

@Suite struct MailAddressTests {
  @Test(arguments: [
    ("a@b.example", "b.example"), ("First.Last+tag@Good.EXAMPLE", "good.example"), ("root@localhost", "localhost"),
    ("a@xn--bcher-kva.example", "xn--bcher-kva.example"), ("Ann <a@b.example>", "b.example"),
    ("Ann B. Cox <a@b.example>", "b.example"), ("\"Ann B. Cox\" <a@b.example>", "b.example"),
    ("Ann<a@b.example>", "b.example"), ("O'Neil-Smith & Co. <a@b.example>", "b.example"),
    ("a=b@c.example", "c.example"), ("a/b?c@d.example", "d.example"), ("a@1.example", "1.example"),
    ("-a@b.example", "b.example"),
  ])
  func oneAddressHasOneDomain(_ text: String, _ domain: String) {
    #expect(Readings.domain(text) == domain)
  }

  @Test(
    arguments: [
      (.notAnAddress, ["", "a", "b.example", "<a@b.example>x", "A <a@b.example", "A <>"]),
      (
        .local,
        [
          "@b.example", "a b@c.example", "Ann, a@b.example", "(x)a@b.example", "a(x)@b.example", "\"a b\"@c.example",
          "\"a@evil.example\"@good.example", "a\\@b@c.example", "friends:a@b.example;", "A <<a@b.example>>",
          "A a@b.example>", "A <@evil.example:a@good.example>", " a@b.example", "A < a@b.example>", ".a@b.example",
          "a.@b.example", "a..b@c.example", "a%evil.example@good.example", "evil.example!a@good.example",
          "mailto:a@b.example",
        ]
      ),
      (
        .domain,
        [
          "a@", "a@b@c.example", "a@b.example,c@d.example", "a@b.example;c@d.example", "a@b.example c@d.example",
          "a@b.example (c@d.example)", "A <a@b.example>, B <c@d.example>", "A <a@b.example> <c@d.example>",
          "A <a@b.example>>", "a@b.example ", "A <a@b.example >", "a@b.example.", "a@.b", "a@b..c", "a@-b",
          "a@b_c.example", "a@[127.0.0.1]", "a@[IPv6:::1]", "a@127.0.0.1", "a@0x7f.1", "a@b%2eexample",
          "a@b\\c.example", "a@b.example?cc=c@d.example",
        ]
      ),
      (
        .phrase,
        [
          "a@evil.example <b@good.example>", "<a@b.example>", "\"A <c@d.example>\" <a@b.example>", "A\" <a@b.example>",
          "\"A\" \"B\" <a@b.example>", "A (c) <a@b.example>", "A: <a@b.example>", "A; <a@b.example>", ". <a@b.example>",
          "A, B <a@b.example>", "[A] <a@b.example>", "\\A <a@b.example>", "\"\" <a@b.example>", " A <a@b.example>",
        ]
      ),
      (.control, ["a@b.example\ncc: c@d.example", "a\0@b.example", "a@b.example\r", "A\t<a@b.example>"]),
      (
        .beyondASCII,
        [
          "ä@b.example", "a@bücher.example", "a＠b.example", "a@b．example", "Zoë <a@b.example>",
          "xŀevil.example@good.example",
        ]
      ),
      (.encodedWord, ["=?utf-8?q?c=40d.example?= <a@b.example>", "=?x?q?=41=42?=a@good.example"]),
    ] as [(MailAddress.Problem, [String])])
  func whatCouldReachAnotherDomainIsRefused(_ problem: MailAddress.Problem, _ texts: [String]) {
    for text in texts { #expect(Readings.problem(ofMail: text) == problem, "\(text.debugDescription)") }
  }

  @Test func theLocalPartHasSixtyFourBytes() {
    let local = String(repeating: "a", count: 64)
    #expect(Readings.domain(local + "@b.example") == "b.example")
    #expect(Readings.problem(ofMail: local + "a@b.example") == .local)
  }
}

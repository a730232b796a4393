import LatchPolicy
import Testing

@Suite struct AddressTests {
  @Test(arguments: [
    ("0.0.0.0", "0.0.0.0"), ("192.0.2.255", "192.0.2.255"), ("::", "::"), ("1::", "1::"), ("::8", "::8"),
    ("1:0:0:4:0:0:0:8", "1:0:0:4::8"), ("1:0:0:4:5:0:0:8", "1::4:5:0:0:8"), ("1:0:3:4:5:6:7:8", "1:0:3:4:5:6:7:8"),
    ("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"), ("::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8"), ("ABCD:EF01::", "abcd:ef01::"),
    ("64:ff9b::1.2.3.4", "64:ff9b::102:304"), ("::ffff:1.2.3.4", "1.2.3.4"), ("0:0:0:0:0:ffff:102:304", "1.2.3.4"),
    ("0001:0002::", "1:2::"), ("1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:102:304"),
  ])
  func anAddressHasOneSpelling(_ text: String, _ canonical: String) {
    #expect(Readings.address(text)?.text == canonical)
  }

  @Test(arguments: [
    ("10.0.0.0/8", "10.0.0.0/8"), ("0.0.0.0/0", "0.0.0.0/0"), ("192.0.2.1", "192.0.2.1/32"), ("::/0", "::/0"),
    ("::1", "::1/128"), ("FD00::/8", "fd00::/8"), ("::ffff:10.0.0.0/104", "10.0.0.0/8"),
    ("::ffff:0:0/96", "0.0.0.0/0"), ("10.1.2.3/32", "10.1.2.3/32"), ("2001:db8::/33", "2001:db8::/33"),
  ])
  func aRangeHasOneSpelling(_ text: String, _ canonical: String) throws {
    #expect(try CIDR(text).text == canonical)
  }

  @Test(
    arguments: [
      (.bitsBehindPrefix(range: "10.0.0.0/8", single: "10.1.2.3"), ["10.1.2.3/8"]),
      (.bitsBehindPrefix(range: "::/127", single: "::1"), ["::1/127"]),
      (.bitsBehindPrefix(range: "10.0.0.0/8", single: "10.0.0.1"), ["::ffff:10.0.0.1/104"]),
      (
        .prefixLength(most: 32),
        [
          "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/08", "10.0.0.0/-1", "10.0.0.0/255.0.0.0", "10.0.0.0/8/8", "10.0.0.0/8 ",
        ]
      ),
      (.prefixLength(most: 128), ["::/129", "::/99999999999999999999"]),
      (
        .notAnAddress,
        [
          "10.0.0/8", "10/8", "", "/8", "example.com", "[::1]", " 10.0.0.0/8", "010.0.0.0/8", "fe80::1%eth0",
        ]
      ),
      (.mixed, ["::ffff:0:0/90"]),
    ] as [(CIDR.Problem, [String])])
  func aRangeThatIsNoneIsRefused(_ problem: CIDR.Problem, _ texts: [String]) {
    for text in texts { #expect(throws: problem, "\(text)") { try CIDR(text) } }
  }

  @Test(arguments: [
    ("10.0.0.0/8", "10.255.255.255", true), ("10.0.0.0/8", "11.0.0.0", false),
    ("10.0.0.0/8", "::ffff:10.0.0.1", true), ("10.0.0.0/8", "::10.0.0.1", false), ("0.0.0.0/0", "1.2.3.4", true),
    ("0.0.0.0/0", "::1", false), ("::/0", "::1", true), ("::/0", "1.2.3.4", false), ("127.0.0.1", "127.0.0.1", true),
    ("127.0.0.1", "127.0.0.2", false), ("fc00::/7", "fdff::1", true), ("fc00::/7", "fe00::", false),
    ("::ffff:10.0.0.0/104", "10.1.1.1", true), ("::1/128", "::1", true), ("::/1", "8000::", false),
  ])
  func aRangeHoldsItsAddresses(_ range: String, _ address: String, _ holds: Bool) throws {
    #expect(try CIDR(range).contains(#require(Readings.address(address))) == holds)
  }

  @Test func anAuthorIsToldTheRightSpelling() {
    let problem = CIDR.Problem.bitsBehindPrefix(range: "10.0.0.0/8", single: "10.1.2.3")
    #expect(
      problem.message
        == "the address has bits behind its prefix; write `10.0.0.0/8` for the range or `10.1.2.3` for the one address")
  }
}

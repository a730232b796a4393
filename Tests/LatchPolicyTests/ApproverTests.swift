import LatchJSON
import LatchPolicy
import LatchTestSupport
import Testing

@Suite struct ApproverTests {
  /// As `openssl pkey -pubout` wrote it.
  private static let line = "MCowBQYDK2VwAyEA6/su3tgUgP1tqYAdGTFOGItqDClBQIPW6DRvEqU5vec="

  @Test func aKeyIsReadAsOpenSSLWritesIt() throws {
    let approver = try #require(Guard.Approver(name: "ann", line: Self.line))
    #expect(approver.publicKey.count == 32)
    #expect(approver.publicKey.starts(with: [0xEB, 0xFB, 0x2E, 0xDE]))
    #expect(approver.publicKey.last == 0xE7)
  }

  @Test(arguments: [
    "", "=", "====", "ann", "MCowBQYDK2VwAyEA", line + "\n", " " + line, String(line.dropLast()), line + "=",
    line + line, "-----BEGIN PUBLIC KEY-----\n\(line)\n-----END PUBLIC KEY-----",
    // Bits behind the last byte: another spelling of the same key.
    String(line.dropLast(2)) + "d=",
    // X25519, a private key, and the key without its header.
    "MCowBQYDK2VuAyEA89VWGBmjTxxGwm9+gfml3wja9TssMGWi8UwULANaHyg=",
    "MC4CAQAwBQYDK2VwBCIEIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", String(line.dropFirst(16)),
    // Digits of the alphabet for addresses, and letters that look alike.
    line.replacing("/", with: "_"), line.replacing("MC", with: "\u{41C}C"),
  ])
  func whatIsNoKeyIsNone(_ text: String) {
    #expect(Guard.Approver(name: "ann", line: text) == nil)
  }

  @Test func everyOtherHeaderIsRefused() {
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=".utf8)
    for position in 0..<16 {
      for digit in digits where digit != Array(Self.line.utf8)[position] {
        var changed = Array(Self.line.utf8)
        changed[position] = digit
        #expect(Guard.Approver(name: "ann", line: String(decoding: changed, as: UTF8.self)) == nil)
      }
    }
  }

  @Test func anyTextIsReadWithoutHarm() {
    var dice = Dice(seed: 11)
    for _ in 0..<2000 {
      let bytes = (0..<60).map { _ in UInt8.random(in: .min ... .max, using: &dice) }
      _ = Guard.Approver(name: "ann", line: String(decoding: bytes, as: UTF8.self))
    }
  }

  @Test func aBundleWithAKeyOfAnotherLengthIsRefused() throws {
    for length in [0, 1, 31, 33, 64] {
      var bundle = BundleSample.bundle
      bundle.guarding.approvalKeys[0].publicKey = Array(repeating: 7, count: length)
      let bytes = try bundle.encoded()
      #expect(throws: BundleError.malformed(line: "manifest", "`key` is not the 32 bytes of a key")) {
        try Bundle.read(bytes)
      }
    }
  }
}

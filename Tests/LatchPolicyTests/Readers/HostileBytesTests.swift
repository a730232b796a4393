import LatchPolicy
import LatchTestSupport
import Testing

/// Bytes that are not even UTF-8: every reader returns.
@Suite struct HostileBytesTests {
  @Test func noBytesBringAReaderDown() {
    var random = RandomTexts(seed: 17)
    for _ in 0..<30_000 {
      let bytes = Self.bytes(&random)
      if let path = try? CleanPath(bytes.span) {
        #expect(path.range.upperBound <= bytes.count && bytes[path.range].first == UInt8(ascii: "/"))
        _ = path.withFolded(in: bytes.span) { CleanPath.remainder(of: $0, below: [UInt8(ascii: "/")]) }
      }
      if let url = try? CleanURL(bytes.span) {
        #expect(url.path.upperBound <= bytes.count)
        #expect(url.withHostAndPort(in: bytes.span) { $0.count } > 1)
        _ = try? url.withPath(in: bytes.span) { #expect($0[0] == UInt8(ascii: "/")) }
      }
      if let mail = try? MailAddress(bytes.span) { #expect(mail.domain.upperBound <= bytes.count) }
      _ = try? BoundedNumber(bytes.span)
      _ = IPAddress(v6: bytes.span, 0..<bytes.count)
    }
  }

  private static func bytes(_ random: inout RandomTexts) -> [UInt8] {
    var bytes =
      switch Int.random(in: 0..<5, using: &random.dice) {
      case 0: Array(random.url().utf8)
      case 1: Array(random.filePath().utf8)
      case 2: Array(random.mail().utf8)
      case 3: Array("https://h".utf8) + random.bytes()
      default: random.bytes()
      }
    if !bytes.isEmpty, random.dice.one(in: 2) {
      bytes[Int.random(in: bytes.indices, using: &random.dice)] = UInt8.random(in: .min ... .max, using: &random.dice)
    }
    if random.dice.one(in: 4) { bytes.removeLast(Int.random(in: 0...bytes.count, using: &random.dice)) }
    return bytes
  }
}

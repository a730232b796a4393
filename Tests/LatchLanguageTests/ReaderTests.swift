import LatchPolicy
import LatchTestSupport
import Testing

/// The readers of the policy beside plain ones, on every text of the pools and on many texts made of their pieces.
@Suite("A text is read alike by the policy and by a plain reader")
struct ReaderTests {
  private static let rounds = 20_000

  /// Pieces that stand out to a reader, put into texts and beside them.
  private static let pieces = [
    "/", "//", ".", "..", "/../", "%", "%2e", "%2F", "%00", "%252e", "\\", "\0", "\n", " ", "@", ":", ":80", ":0", "[",
    "]", "?", "#",
    ";", "<", ">", ",", "\"", "(", "=?", "-", "_", "0x1", "127.1", "é", "\u{301}", "\u{2028}", "file://", "FILE:///",
    "https://", "a", "*", "..%2f", "xn--", "1", "::",
  ]

  private func texts(_ pool: [String], seed: UInt64) -> [String] {
    var dice = Dice(seed: seed)
    let made = (0..<Self.rounds).map { _ in
      var text = Text(dice.pick(pool))
      for _ in 0..<Int.random(in: 1...3, using: &dice) {
        let start = Int.random(in: 0...text.count, using: &dice)
        let end = min(text.count, start + (dice.one(in: 2) ? 0 : Int.random(in: 0...3, using: &dice)))
        text.replaceSubrange(start..<end, with: Text(dice.pick(Self.pieces)))
      }
      return text.string
    }
    return pool + made
  }

  @Test("paths")
  func paths() {
    for text in texts(Pools.paths + Pools.uncleanPaths, seed: 1) {
      let bytes = Array(text.utf8)
      let found = (try? CleanPath(bytes.span)).map { Text(String(decoding: bytes[$0.range], as: UTF8.self)) }
      #expect(found == PlainPath(text)?.text, "\(text.debugDescription)")
    }
  }

  @Test("URLs: scheme, host, port and address")
  func urls() {
    for text in texts(Pools.urls + Pools.uncleanURLs, seed: 2) {
      let bytes = Array(text.utf8)
      let found = try? CleanURL(bytes.span)
      let wanted = PlainURL(text)
      #expect((found == nil) == (wanted == nil), "\(text.debugDescription)")
      guard let found, let wanted else { continue }
      #expect(found.port.map(Int.init) == wanted.port, "\(text.debugDescription)")
      #expect((found.address == nil) == (wanted.address?.isPlain != true), "\(text.debugDescription)")
      #expect(String(decoding: bytes[found.scheme], as: UTF8.self).lowercased() == wanted.scheme.string)
      guard case .name(let host) = found.host else { continue }
      #expect(Text(String(decoding: bytes[host], as: UTF8.self)).lowercased == wanted.host, "\(text.debugDescription)")
    }
  }

  @Test("the paths of URLs")
  func urlPaths() {
    for text in texts(Pools.urls + Pools.uncleanURLs, seed: 3) {
      let bytes = Array(text.utf8)
      guard let url = try? CleanURL(bytes.span) else { continue }
      let found = try? url.withPath(in: bytes.span) { path in path.indices.map { path[$0] } }
      #expect(
        found.map { String(decoding: $0, as: UTF8.self) } == PlainURL(text)?.path?.string, "\(text.debugDescription)")
    }
  }

  @Test("mail addresses")
  func mails() {
    for text in texts(Pools.mails + Pools.uncleanMails, seed: 4) {
      let bytes = Array(text.utf8)
      let found = (try? MailAddress(bytes.span)).map {
        Text(String(decoding: bytes[$0.domain], as: UTF8.self)).lowercased
      }
      #expect(found == PlainMail(text)?.domain, "\(text.debugDescription)")
    }
  }

  @Test("numbers, each with its order among the others")
  func numbers() throws {
    let lexemes =
      Pools.numbers + Pools.hugeNumbers + Pools.bounds + ["9007199254740991.5", "1e4", "12e-3", "0.00100", "-0.0"]
    for left in lexemes {
      let found = try? BoundedNumber(Array(left.utf8).span)
      #expect((found == nil) == (PlainNumber(left).bounded == nil), "\(left)")
      for right in lexemes {
        guard let found, let other = try? BoundedNumber(Array(right.utf8).span) else { continue }
        let (wanted, beside) = (try #require(PlainNumber(left).bounded), try #require(PlainNumber(right).bounded))
        #expect((found < other) == (wanted < beside) && (found == other) == (wanted == beside), "\(left) \(right)")
      }
    }
  }
}

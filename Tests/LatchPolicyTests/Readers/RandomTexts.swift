import LatchTestSupport

/// Texts in which the tricks of URLs, paths and addresses come together often.
struct RandomTexts {
  var dice: Dice

  init(seed: UInt64) { dice = Dice(seed: seed) }

  mutating func url() -> String {
    let text = scheme() + separator() + (dice.one(in: 12) ? userInformation() : "") + host() + port() + path() + tail()
    return dice.one(in: 3) ? mutated(text) : text
  }

  private mutating func scheme() -> String {
    dice.pick([
      "http", "https", "https", "HTTPS", "Http", "ws", "wss", "ftp", "file", "ssh", "git+ssh", "foo", "a.b-c1", "",
    ])
  }

  private mutating func separator() -> String {
    dice.one(in: 10) ? dice.pick([":", ":/", ":///", "//", ":\\\\", "://\\", ":/\\", ": //"]) : "://"
  }

  private mutating func userInformation() -> String {
    dice.pick(["a@", "a:b@", "@", "good.example:80@", "a%40", "a\\@"])
  }

  private mutating func host() -> String {
    switch Int.random(in: 0..<8, using: &dice) {
    case 0: return dice.many(1...5) { dice in dice.pick(Self.numbers) }.joined(separator: ".")
    case 1: return "[" + address6() + "]"
    case 2:
      return "\(dice.pick(Self.octets)).\(dice.pick(Self.octets)).\(dice.pick(Self.octets)).\(dice.pick(Self.octets))"
    default:
      let labels = dice.many(1...4) { dice in dice.pick(Self.labels) }.joined(separator: ".")
      return dice.one(in: 6) ? labels + "." : labels
    }
  }

  private mutating func port() -> String {
    dice.one(in: 2)
      ? "" : ":" + dice.pick(["", "80", "443", "8080", "21", "0", "65535", "65536", "0080", "8a", "1", "-1", "80:80"])
  }

  mutating func path() -> String {
    dice.many(0...4) { dice in "/" + dice.many(0...3) { dice in dice.pick(Self.pathPieces) }.joined() }.joined()
  }

  private mutating func tail() -> String {
    dice.one(in: 2)
      ? ""
      : dice.pick([
        "?", "#", "?a=b", "#a", "?/../x", "#/y", "?@evil.example/", "#@x", "/?a@b", "?a#b", ";x", "?[]|", "\\x",
      ])
  }

  /// IPv6, or nearly.
  mutating func address6() -> String {
    let groups = dice.many(0...9) { dice in
      dice.one(in: 30)
        ? dice.pick(["", "1.2.3.4", "12345", "g", "::"])
        : dice.pick(["0", "0", "1", "ffff", "FFFF", "a0", "00c1", "64"])
    }
    var text = groups.joined(separator: ":")
    if dice.one(in: 2), !groups.isEmpty {
      let cut = Int.random(in: 0...groups.count, using: &dice)
      text = groups[..<cut].joined(separator: ":") + "::" + groups[cut...].joined(separator: ":")
    }
    if dice.one(in: 6) {
      text += dice.pick([":127.0.0.1", ":1.2.3.4", ":1.2.3", ":01.2.3.4", ":256.1.1.1", "::ffff:10.0.0.1"])
    }
    return text
  }

  mutating func address4() -> String {
    dice.many(3...4) { dice in dice.pick(Self.octets + ["0", "1", "10", "127"]) }.joined(separator: ".")
  }

  mutating func filePath() -> String {
    let pieces = [
      "a", "srv", ".", "..", "...", " ", "%2e", "\\", "\0", "é", "e\u{301}", "~", "|", "c|", "?", "#", "\n", "'", "𝔸",
    ]
    let text = dice.many(0...5) { dice in "/" + dice.many(0...2) { dice in dice.pick(pieces) }.joined() }.joined()
    let start = dice.one(in: 4) ? dice.pick(["file://", "FILE://", "file:", "file://h", "file:/"]) : ""
    return start + (dice.one(in: 4) ? mutated(text) : text)
  }

  mutating func mail() -> String {
    let words = [
      "a", "b.c", "x+y", "\"q r\"", "(c)", "é", "=?utf-8?q?a=40b?=", "<", ">", ",", ";", ":", "\\", " ", "@", "@", ".",
      "'",
    ]
    let domains = [
      "good.example", "evil.example", "localhost", "[127.0.0.1]", "a_b.example", "b.example.", "1.2.3.4", "X.Example",
    ]
    let address = dice.many(1...2) { dice in dice.pick(words) }.joined() + "@" + dice.pick(domains)
    let phrase = dice.many(1...3) { dice in dice.pick(words + ["Ann", "Co."]) }.joined(separator: dice.pick(["", " "]))
    switch Int.random(in: 0..<4, using: &dice) {
    case 0: return mutated(address)
    case 1: return phrase + " <" + address + ">"
    case 2: return mutated("Ann B. Cox <a.b@" + dice.pick(domains) + ">")
    default: return "\"" + phrase + "\" <a@" + dice.pick(domains) + ">"
    }
  }

  mutating func mutated(_ text: String) -> String {
    var scalars = Array(text.unicodeScalars)
    for _ in 0..<Int.random(in: 1...3, using: &dice) {
      let place = Int.random(in: 0...scalars.count, using: &dice)
      if dice.one(in: 3), place < scalars.count {
        scalars.remove(at: place)
      } else {
        scalars.insert(dice.pick(Self.tricks), at: place)
      }
    }
    return String(String.UnicodeScalarView(scalars))
  }

  mutating func bytes() -> [UInt8] {
    dice.many(0...40) { dice in
      dice.one(in: 2)
        ? UInt8.random(in: .min ... .max, using: &dice) : dice.pick(Array("/.%:@[]<>\\\"-+e0129afx ".utf8))
    }
  }

  private static let tricks = Array(
    "/\\.:@%?#;[]<>\"'`{}|^ \t\n\r\0,&=+-_~!*()0123456789aefxXnAZé．。／＠\u{200D}\u{AD}\u{301}".unicodeScalars)
  private static let numbers = [
    "0", "1", "127", "0x7f", "0177", "256", "1.2.3.4", "0x", "2130706433", "08", "a", "255",
  ]
  private static let octets = ["0", "1", "127", "255", "256", "01", "10", "192"]
  private static let labels = [
    "example", "com", "EXAMPLE", "a", "1", "a-b", "a_b", "-a", "a-", "", "xn--bcher-kva", "xn--a", "ab--cd", "0x1",
    "bücher",
    "good", "evil", "localhost", "a%2eb", "1a", "a1",
  ]
  private static let pathPieces = [
    "a", "b", "..", ".", "%2e", "%2E", "%2f", "%5c", "%00", "%41", "%C3%A9", "%ff", "%25", "%2541", "%", ";", ";x",
    "%3b", "{", "|",
    "@", ":", "~", "%20", "+", "%E2%80%83", "=", "&", "$", "%7E", "%23", "(", "'", "*", "!", ",",
  ]
}

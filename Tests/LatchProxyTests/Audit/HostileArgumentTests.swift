import LatchJSON
import LatchPolicy
import LatchProxy
import Testing

/// Threat: an injected model sends any call; the record of it must stay one line that has one reading.
@Suite struct HostileArgumentTests {
  private func roundTrip(_ arguments: [UInt8], _ style: AuditSettings.Arguments = .full) throws -> JSONValue? {
    let scratch = AuditScratch()
    let document = try JSONDocument(parsing: arguments)
    let log = try scratch.log { $0.arguments = style }
    try log.add(
      .decision(
        AuditDecision(
          call: 1, policy: AuditScratch.policy, method: "tools/call", tool: "t", decision: .sample, passed: true,
          arguments: .read(document))))
    try log.close()
    let bytes = try scratch.files()[0].bytes
    #expect(bytes.count { $0 == 0x0A } == 3)
    #expect(!bytes.contains { $0 < 0x20 && $0 != 0x0A || $0 == 0x7F })
    #expect(try scratch.verified().isSound)
    return try scratch.values()[1]["arguments"]
  }

  @Test func `every character comes back as it was`() throws {
    var text = ""
    for value in 0..<UInt32(0x3000) { if let scalar = Unicode.Scalar(value) { text.unicodeScalars.append(scalar) } }
    text += "\u{FEFF}\u{FFFE}\u{FFFF}\u{10000}\u{1F600}\u{10FFFF}"
    let arguments: JSONValue = .object([.init(text, .string(text))])
    #expect(try roundTrip(try arguments.canonicalBytes()) == arguments)
  }

  @Test func `what a reader could take for the end of a line, or a terminal for a command, is escaped`() throws {
    let scratch = AuditScratch()
    let text = "a\u{2028}b\u{2029}c\u{85}d\u{7F}e\u{1B}[2Jf\r\ng"
    let log = try scratch.log()
    try log.add(
      .call(
        tool: "t\u{2028}\n",
        arguments: String(decoding: try JSONValue.object([.init(text, .string(text))]).canonicalBytes(), as: UTF8.self),
        decision: Decision(.deny, by: .unknownTool, saying: "no \u{85}\u{1B}]0;x\u{7}")))
    try log.add(.event(AuditEvent(.dropped, detail: text)))
    let bytes = try scratch.files()[0].bytes
    let raw = String(decoding: bytes, as: UTF8.self)
    for scalar in raw.unicodeScalars where scalar != "\n" {
      #expect(
        scalar.value >= 0x20 && !(0x7F...0x9F).contains(scalar.value) && ![0x2028, 0x2029].contains(scalar.value))
    }
    #expect(raw.split(separator: "\n").count == 3)
    #expect(try scratch.values()[1]["arguments"] == .object([.init(text, .string(text))]))
  }

  @Test func `random trees come back as they were`() throws {
    var dice = AuditDice(state: 5)
    for _ in 0..<150 {
      let value = randomValue(&dice, depth: 5)
      let arguments: JSONValue = .object([.init("x", value)])
      #expect(try roundTrip(Array(arguments.pretty(sorted: false).utf8)) == arguments)
      // Whatever is kept out, what is left is one line that the strict reader takes.
      _ = try roundTrip(Array(arguments.pretty(sorted: false).utf8), .redacted)
    }
  }

  @Test func `numbers keep their spelling`() throws {
    let text = #"{"a":[1.0,1e400,-0,123456789012345678901234567890,0.1E-7]}"#
    let numbers = ["1.0", "1e400", "-0", "123456789012345678901234567890", "0.1E-7"]
    #expect(try roundTrip(Array(text.utf8)) == .object([.init("a", .array(numbers.map(JSONValue.number)))]))
  }

  @Test func `as deep as the arguments of a message may be`() throws {
    let depth = 120
    let text = #"{"a":"# + String(repeating: "[", count: depth) + String(repeating: "]", count: depth) + "}"
    for style in AuditSettings.Arguments.allCases { _ = try roundTrip(Array(text.utf8), style) }
  }

  @Test(.timeLimit(.minutes(15)))
  func `as large as a message may be, and made of beginnings`() throws {
    let size = 50_000
    let units = [
      "a", "\u{1}", "\"", "\u{2028}", "-", "=", ":", "://", "a=", "token=", "password: ", "eyJ-", "eyJ.", "1-", "M-",
      "M.",
      "Bearer ", "basic a", "-----BEGIN", "--a ", "-u a:", "gh" + "p_", "pypi-", "sk-", "SG.", "~", "Q~", "a0Q~",
      "12345678:AA", "\\", "%", "'", "cookie:", "authorization: ", "https://a:", "@", "eyJa-eyJa.b",
    ]
    for unit in units {
      let text = String(repeating: unit, count: size / unit.utf8.count)
      let value = try roundTrip(try JSONValue.object([.init("x", .string(text))]).canonicalBytes(), .redacted)
      #expect(value?["x"] == .string(text) || value?["x"] == "[redacted]", "\(unit)")
    }
  }

  @Test(.timeLimit(.minutes(15)))
  func `a tree made to be redacted everywhere is listed as far as it goes, and counted`() throws {
    let long = String(repeating: "k", count: 9000)
    let many = (0..<20_000).map { #"{"token":"\#($0)"}"# }.joined(separator: ",")
    let names = (0..<3000).map { #""s3same-open \#($0)":\#($0)"# }.joined(separator: ",")
    for arguments in [#"{"x":[\#(many)]}"#, #"{"\#(long)":{"\#(long)2":{"pin":1}},"pin":2}"#, "{\(names)}"] {
      let scratch = AuditScratch()
      try scratch.log { $0.secrets = ["s3same-open"] }.add(.call(arguments: arguments))
      let record = try scratch.values()[1]
      let listed = record["redacted"]?.array ?? []
      #expect(listed.count <= 256)
      let unlisted = record["redacted_unlisted"]?.integer ?? 0
      #expect([20_000, 2, 3000].contains(listed.count + unlisted) && unlisted > 0)
    }
  }

  private func randomValue(_ dice: inout AuditDice, depth: Int) -> JSONValue {
    switch dice.roll(0..<(depth > 0 ? 8 : 5)) {
    case 0: .null
    case 1: .bool(dice.roll(0..<2) == 0)
    case 2: .number(String(dice.roll(-1000..<1_000_000)))
    case 3, 4: .string(randomText(&dice))
    case 5: .array((0..<dice.roll(0..<5)).map { _ in randomValue(&dice, depth: depth - 1) })
    default:
      .object((0..<dice.roll(0..<5)).map { .init("\($0)" + randomText(&dice), randomValue(&dice, depth: depth - 1)) })
    }
  }

  private func randomText(_ dice: inout AuditDice) -> String {
    var text = ["", "token", "password=", "[redacted", "gh" + "p_", "Bearer "][dice.roll(0..<6)]
    for _ in 0..<dice.roll(0..<40) {
      let range: Range<Int> = [0..<0x80, 0x20..<0x7F, 0x80..<0x800, 0x800..<0xD800, 0x10000..<0x110000][
        dice.roll(0..<5)]
      if let scalar = Unicode.Scalar(UInt32(dice.roll(range))) { text.unicodeScalars.append(scalar) }
    }
    return text
  }
}

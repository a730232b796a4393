import LatchAutomata
import Testing

/// Whatever the pattern: only valid UTF-8 is a text.
@Suite struct ValidTextTests {
  private static let illFormed: [[UInt8]] = [
    [0x80], [0xBF], [0xC0, 0x80], [0xC1, 0xBF], [0xC2], [0xC2, 0x41], [0xE0, 0x80, 0x80], [0xE0, 0x9F, 0xBF],
    [0xE1, 0x80],
    [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF], [0xF0, 0x80, 0x80, 0x80], [0xF0, 0x8F, 0xBF, 0xBF],
    [0xF4, 0x90, 0x80, 0x80],
    [0xF5, 0x80, 0x80, 0x80], [0xF8, 0x88, 0x80, 0x80, 0x80], [0xFE], [0xFF], [0xF0, 0x9F, 0x98], [0xC3, 0xA9, 0xA9],
  ]

  @Test(arguments: 0..<4 as Range<UInt64>)
  func neitherALanguageNorItsComplementHasIllFormedTexts(_ seed: UInt64) throws {
    var languages = RandomLanguage(seed: 400 + seed)
    for _ in 0..<20 {
      let language = languages.next()
      let complement = try language.complement()
      for bytes in Self.illFormed {
        for text in [bytes, Array("a".utf8) + bytes, bytes + Array("a".utf8), bytes + bytes] {
          #expect(!language.accepts(text) && !complement.accepts(text), "\(text)")
        }
      }
    }
  }

  @Test func allTextsAreExactlyWhatSwiftTakesForUTF8() {
    let leads: [UInt8] = [
      0, 0x41, 0x7F, 0x80, 0xBF, 0xC0, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5,
      0xFF,
    ]
    let others: [UInt8] = [0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xFF]
    for lead in leads {
      for second in others {
        for third in others {
          for fourth in others {
            for text in [[lead], [lead, second], [lead, second, third], [lead, second, third, fourth]] {
              guard Automaton.text.accepts(text) != (String(validating: text, as: UTF8.self) != nil) else { continue }
              Issue.record("\(text)")
            }
          }
        }
      }
    }
  }

  @Test(arguments: [
    ("^[\\x{D7FF}-\\x{E000}]$", "\u{D7FF}", true), ("^[\\x{D7FF}-\\x{E000}]$", "\u{E000}", true),
    ("^[\\x{D800}-\\x{DFFF}]$", "\u{FFFD}", false), ("^[^\\x{D800}-\\x{DFFF}]$", "\u{FFFD}", true),
    ("^\\x{10FFFF}$", "\u{10FFFF}", true),
    ("^[\\x{FFFF}-\\x{10000}]{2}$", "\u{FFFF}\u{10000}", true), ("^.$", "e\u{301}", false), ("^..$", "e\u{301}", true),
    ("^é$", "e\u{301}", false), ("(?i)^K$", "\u{212A}", true), ("(?i)^[^k]$", "\u{212A}", false),
    ("(?i)^ß$", "\u{1E9E}", true),
    ("(?i)^ss$", "ß", false), ("(?i)^σ$", "ς", true), ("(?i)^Σ$", "ς", true), ("(?i)^i$", "İ", false),
    ("(?i)^i$", "ı", false),
    ("(?i)^İ$", "i", false), ("(?i)^ſ$", "S", true), ("(?i)^\\w$", "ſ", true), ("^\\w$", "ſ", false),
    ("(?i)^\\W$", "K", false),
    ("(?i)^Ǆ$", "ǅ", true), ("(?i)^\u{1F600}$", "\u{1F600}", true), ("(?i)^𐐀$", "𐐨", true),
  ])
  func scalarsAreTakenWhole(_ pattern: String, _ text: String, _ expected: Bool) throws {
    #expect(try Automaton.regex(pattern, dialect: .re2).accepts(text) == expected)
  }

  @Test func noSurrogateIsEverAText() throws {
    for pattern in ["\\x{D800}", "[\\x{D800}-\\x{DFFF}]", "\\p{Cs}"] {
      #expect(try Automaton.regex(pattern, dialect: .re2).isEmpty)
    }
    #expect(try Automaton.regex("^[^a]$", dialect: .re2) == Automaton.regex("^[^a\\x{D800}-\\x{DFFF}]$", dialect: .re2))
  }
}

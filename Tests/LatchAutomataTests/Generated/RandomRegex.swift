import LatchTestSupport

/// Regular expressions and texts that may match them.
struct RandomRegex {
  var dice: Dice

  private static let texts = ["a", "b", "c", "ab", "é", "A", "0", "_", "-", " ", "😀"]
  private static let sets = [
    ".", "[ab]", "[^a]", "[a-c0-9]", "[^\\n]", #"\d"#, #"\w"#, #"\W"#, #"\s"#, #"\S"#, "[-a]", "[é-ü]",
  ]
  private static let places = ["^", "$", #"\b"#, #"\B"#]
  private static let quantifiers = ["*", "+", "?", "{2}", "{0,2}", "{1,3}", "{2,}", "*?", "+?", "??", "{1,2}?"]

  init(seed: UInt64) { dice = Dice(seed: seed) }

  /// A pattern that means the same to all engines, save that `$` is `\Z` to Python.
  mutating func common(depth: Int = 3) -> String {
    var branches: [String] = []
    for _ in 1...(dice.one(in: 3) ? 2 : 1) {
      var branch = ""
      for _ in 0..<dice.number(1...3) { branch += item(depth: depth) }
      branches.append(branch)
    }
    return branches.joined(separator: "|")
  }

  /// A pattern with look-aheads, or with look-behinds of one width.
  mutating func lookingAround() -> String {
    let ahead = dice.one(in: 2)
    return (0..<dice.number(1...3)).map { _ in
      guard dice.one(in: 2) else { return item(depth: 1) }
      let look = ahead ? dice.pick(["(?=", "(?!"]) : dice.pick(["(?<=", "(?<!"])
      return look + (ahead ? common(depth: 1) : dice.pick(Self.texts) + dice.pick(Self.sets)) + ")"
    }.joined()
  }

  private mutating func item(depth: Int) -> String {
    if dice.one(in: 6) { return dice.pick(Self.places) }
    var item = dice.one(in: 3) ? dice.pick(Self.sets) : dice.pick(Self.texts)
    if depth > 0, dice.one(in: 4) { item = (dice.one(in: 2) ? "(" : "(?:") + common(depth: depth - 1) + ")" }
    guard dice.one(in: 3) else { return item }
    return (item == "ab" ? "(?:ab)" : item) + dice.pick(Self.quantifiers)
  }

  mutating func text(of pieces: [String], upTo length: Int = 7) -> String {
    (0..<dice.number(0...length)).map { _ in dice.pick(pieces) }.joined()
  }

  /// Texts near what the patterns ask for.
  mutating func commonText() -> String {
    text(of: ["a", "a", "b", "c", "ab", "é", "A", "0", "_", "-", " ", "😀", "\n", "ü"])
  }
}

/// Everything that RE2 knows, and what it refuses, thrown together.
struct RandomRE2 {
  private var random: RandomRegex

  private static let tokens = [
    "a", "b", "k", "K", "s", "ß", "é", "σ", "İ", "i", "😀", "0", "_", "-", ",", " ", "\n", ".", "^", "$", "|", "|", "(",
    "(", ")", ")",
    "(?:", "(?i)", "(?i:", "(?s)", "(?m)", "(?-i)", "(?U)", "(?i-s:", "(?ms)", "(?)", "(?i-)", "(?P<n>", "(?<m>",
    "(?=", "(?!", "(?<=", "(?#", "*", "+", "?", "*?", "{2}", "{0}", "{1,3}", "{2,}", "{,2}", "{2,1}", "{01}", "{", "}",
    "]", "[",
    "[ab]", "[^ab]", "[a-k]", "[^\\n]", "[]a]", "[^]a]", "[a-]", "[-a]", "[\\w-.]", "[\\d-z]", "[a-\\d]", "[b-a]",
    "[[:alpha:]]",
    "[[:^alpha:]_]", "[^[:space:]]", "[[:word:][:punct:]]", "[[:nope:]]", "[[:a-z:]]", "[[:a]", "[\\pL\\d]",
    "[^\\p{Greek}]",
    "[\\x{3b1}-\\x{3c9}]", "[\\Q]\\E]", "[é-ü]", "[\\b]", #"\d"#, #"\D"#, #"\w"#, #"\W"#, #"\s"#, #"\S"#, #"\b"#,
    #"\B"#, #"\A"#,
    #"\z"#, #"\Z"#, #"\pL"#, #"\PL"#, #"\p{Lu}"#, #"\p{^Lu}"#, #"\P{Ll}"#, #"\p{Greek}"#, #"\p{greek}"#, #"\p{Cn}"#,
    #"\PC"#,
    #"\p{Any}"#, #"\Qa.b\E"#, #"\Q\E"#, #"\Q("#, #"\E"#, #"\x41"#, #"\x{1F600}"#, #"\x{110000}"#, #"\x4"#, #"\101"#,
    #"\60"#, #"\1"#, #"\8"#,
    #"\."#, #"\_"#, #"\-"#, #"\é"#, #"\t"#, #"\v"#, #"\a"#, #"\f"#, #"\e"#, #"\cA"#, #"\u0041"#, #"\h"#, #"\0"#,
    #"\07"#, #"\n"#,
  ]

  init(seed: UInt64) { random = RandomRegex(seed: seed) }

  mutating func pattern() -> String {
    if random.dice.one(in: 3) { return random.common() }
    var text = random.text(of: Self.tokens, upTo: 6)
    if random.dice.one(in: 2) {
      let open = text.utf8.count { $0 == UInt8(ascii: "(") } - text.utf8.count { $0 == UInt8(ascii: ")") }
      text += String(repeating: ")", count: max(0, open))
    }
    return text
  }

  /// Texts of what case folding and character classes turn on.
  mutating func subject() -> String {
    random.text(
      of: [
        "a", "b", "k", "K", "\u{212A}", "s", "S", "ſ", "ß", "ẞ", "é", "É", "e\u{301}", "σ", "ς", "Σ", "i", "I", "İ",
        "ı", "😀",
        "0", "7", "_", "-", ",", ".", " ", "\n", "\t", "\u{B}", "\r", "\0", "(", "]", "{2}", "ü", "\u{378}", "\u{2028}",
        "日", "\u{D7FF}",
        "\u{E000}", "\u{10FFFF}", "\u{85}", "A", "B", "ab", "a.b", "Ω", "\u{2126}",
      ], upTo: 5)
  }
}

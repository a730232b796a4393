/// The values in a text of which each could be a credential: words, what is given to a name, passwords of addresses.
///
/// Only what is a candidate is ever moved out of a text by itself, so a candidate holds a whole value rather than a
/// part of one.
struct SecretCandidates {
  struct Candidate {
    /// UTF-8 offsets.
    var range: Range<Int>
    /// What it is the value of, if that stands before it.
    var name: String
    /// By `=` or as an option's value.
    var isGiven: Bool
  }

  private(set) var all: [Candidate] = []
  /// Words that begin like options: what they are given may be secret, and they are not.
  private(set) var options: [Range<Int>] = []

  private let bytes: [UInt8]
  private let tells: (String) -> Bool
  private var index = 0
  /// What the next word is the value of.
  private var pending = Pending()
  /// The word before.
  private var last = 0..<0

  private struct Pending {
    var name = ""
    var isGiven = false
    /// Whether what follows is all one value, whatever signs are in it.
    var isWhole = false
  }

  /// `bytes` have their references masked; `tells` gets a name and says whether its value is secret.
  init(in bytes: [UInt8], tells: @escaping (String) -> Bool) {
    self.bytes = bytes
    self.tells = tells
    while index < bytes.count {
      if isQuote(bytes[index]), pending.isWhole {
        readQuoted()
      } else if endsWord(bytes[index]) {
        index += 1
      } else {
        readWord()
      }
    }
  }

  private mutating func readWord() {
    let word = index..<end(of: index, where: endsWord)
    let named = pending
    let before = last
    pending = Pending()
    last = word
    index = word.upperBound
    let isOption = bytes[word.lowerBound] == UInt8(ascii: "-")
    if isScheme(word) {
      pending.isWhole = true
    } else if word.count == 1, isSign(bytes[word.lowerBound]) {
      expect(text(before), isGiven: bytes[word.lowerBound] == UInt8(ascii: "="))
    } else if named.isWhole, !isOption {
      index = endOfValue(from: word.lowerBound)
      add(word.lowerBound..<index, named.name, isGiven: named.isGiven)
    } else if let colon = addressColon(in: word) {
      readAddress(colon)
    } else if let sign = sign(in: word) {
      readValue(after: sign, in: word, named.name)
    } else if isOption {
      options.append(word)
      expect(text(word), isGiven: true)
    } else {
      add(word, named.name, isGiven: named.isGiven)
    }
  }

  private mutating func expect(_ name: String, isGiven: Bool) {
    pending = Pending(name: name, isGiven: isGiven, isWhole: tells(name))
  }

  /// What a name is given by `=` or `:`.
  private mutating func readValue(after sign: Int, in word: Range<Int>, _ outer: String) {
    let name = name(before: sign, from: word.lowerBound)
    let isGiven = bytes[sign] == UInt8(ascii: "=")
    let value = (sign + 1)..<word.upperBound
    if value.isEmpty, !isGiven || (index < bytes.count && isQuote(bytes[index])) {
      // `Name: value`, `NAME='…'`.
      expect(name, isGiven: isGiven)
    } else if bytes[value].allSatisfy({ $0 == UInt8(ascii: "=") }) {
      // Base64 with its padding.
      add(word, outer, isGiven: false)
    } else if tells(name) {
      index = endOfValue(from: value.lowerBound)
      add(value.lowerBound..<index, name, isGiven: isGiven)
    } else if bytes[word.lowerBound] == UInt8(ascii: "-"), let next = nextSign(in: value) {
      readValue(after: next, in: value.lowerBound..<word.upperBound, name)
    } else {
      add(value, name, isGiven: isGiven)
    }
  }

  private mutating func readQuoted() {
    let quote = bytes[index]
    let inner = (index + 1)..<end(of: index + 1) { $0 == quote }
    add(inner, pending.name, isGiven: pending.isGiven)
    pending = Pending()
    index = inner.upperBound
  }

  /// `scheme://user:password@host/path`, given where the colon stands. What is asked of the host is read as words are.
  private mutating func readAddress(_ colon: Int) {
    let start = colon + 3
    let authority = start..<end(of: start) { isSpace($0) || isQuote($0) || ",/?#".utf8.contains($0) }
    if let at = bytes[authority].lastIndex(of: UInt8(ascii: "@")) {
      let mark = bytes[start..<at].firstIndex(of: UInt8(ascii: ":"))
      add(start..<(mark ?? at), "USER", isGiven: false)
      if let mark { add((mark + 1)..<at, "PASSWORD", isGiven: false) }
    }
    index = authority.upperBound
    guard index < bytes.count, bytes[index] == UInt8(ascii: "/") else { return skipSign() }
    let path = (index + 1)..<end(of: index + 1) { endsWord($0) || $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") }
    add(path, "", isGiven: false)
    index = path.upperBound
    skipSign()
  }

  /// The `?` or `#` of an address begins no word.
  private mutating func skipSign() {
    if index < bytes.count, "?#".utf8.contains(bytes[index]) { index += 1 }
  }

  private mutating func add(_ range: Range<Int>, _ name: String, isGiven: Bool) {
    // References at an edge can stay where they are, and so can the escape of a quote.
    var range = range
    while let last = range.last, bytes[last] == UInt8(ascii: "\\") { range.removeLast() }
    while let first = range.first, bytes[first] == ClientText.mask { range.removeFirst() }
    while let last = range.last, bytes[last] == ClientText.mask { range.removeLast() }
    if !range.isEmpty { all.append(Candidate(range: range, name: name, isGiven: isGiven)) }
  }
}

extension SecretCandidates {
  private func end(of start: Int, where isEnd: (UInt8) -> Bool) -> Int {
    bytes[start...].firstIndex(where: isEnd) ?? bytes.count
  }

  private func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  private func addressColon(in word: Range<Int>) -> Int? {
    word.first { bytes[$0] == UInt8(ascii: ":") && bytes[$0...].starts(with: "://".utf8) }
  }

  /// The first sign that has a name before it. A number before a colon is none: of a bot's token it is a part.
  private func sign(in word: Range<Int>) -> Int? {
    guard let sign = word.dropFirst().first(where: { isSign(bytes[$0]) }) else { return nil }
    return bytes[sign] == UInt8(ascii: ":") && isNumber(word.lowerBound..<sign) ? nil : sign
  }

  /// Under a name that tells, and in a shell, only these end a word.
  private func endOfValue(from start: Int) -> Int {
    end(of: start) { endsWord($0) && $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "\\") }
  }

  /// What stands before a credential in a header.
  private func isScheme(_ word: Range<Int>) -> Bool {
    word.count <= 6 && word.upperBound < bytes.count && isSpace(bytes[word.upperBound])
      && ["bearer", "basic", "token", "apikey", "bot"].contains(text(word).lowercased())
  }

  private func isNumber(_ range: Range<Int>) -> Bool {
    bytes[range].allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  }

  /// `NAME=` at the beginning of what an option is given: `--env=NAME=value`.
  private func nextSign(in value: Range<Int>) -> Int? {
    guard let sign = bytes[value].firstIndex(of: UInt8(ascii: "=")), sign + 1 < value.upperBound,
      bytes[sign + 1] != UInt8(ascii: "="), isVariableName(text(value.lowerBound..<sign))
    else { return nil }
    return sign
  }

  private func name(before sign: Int, from start: Int) -> String {
    var first = sign
    while first > start, isNameByte(bytes[first - 1]) { first -= 1 }
    return text(first..<sign)
  }
}

private func isNameByte(_ byte: UInt8) -> Bool {
  (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    || "_-.".utf8.contains(byte)
}

private func isSign(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "=") || byte == UInt8(ascii: ":") }

private func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

private func isQuote(_ byte: UInt8) -> Bool { "\"'`".utf8.contains(byte) }

/// As the finder of credentials has it, and a shell but for the comma.
private func endsWord(_ byte: UInt8) -> Bool { isSpace(byte) || isQuote(byte) || ",;&\\()<>|".utf8.contains(byte) }

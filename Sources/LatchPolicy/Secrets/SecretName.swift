/// What the name of a variable, header, option or member says of its value.
package enum SecretName: Sendable {
  /// Anything that is given may be a password.
  case password
  /// The value is a token: long, and of no language.
  case token
  /// A key of some kind, to a door as likely as to a map: `issue_key`.
  case key

  /// Nil for a name that does not speak of a secret, or speaks of something about one: `TOKEN_FILE`, `API_KEY_ID`.
  package init?(_ name: String) {
    let bytes = Array(name.utf8)
    self.init(bytes.span, 0..<bytes.count)
  }

  /// Reads the name that stands at `range`.
  package init?(_ bytes: Span<UInt8>, _ range: Range<Int>) {
    var walk = NameWords(range)
    var said: SecretName?
    var keyed: SecretName?
    var last: SecretWord.Meaning?
    var isFirst = true
    var isPublic = false
    while let word = walk.next(in: bytes) {
      let meaning = SecretWord.meaning(of: bytes, word)
      switch meaning {
      case .password: said = .password
      case .token: said = said ?? .token
      // `key` alone is a key of a map as often as one to a door; `api_key` and `encryption_keys` are not.
      case .key: if !isFirst { keyed = [.opensDoors, .token].contains(last) ? .token : keyed ?? .key }
      case .public: isPublic = true
      case .about, .opensDoors, nil: break
      }
      last = meaning
      isFirst = false
    }
    guard last != .about, last != .public, let found = said ?? (isPublic ? nil : keyed) else { return nil }
    self = found
  }
}

/// What single words mean within a name.
private enum SecretWord {
  enum Meaning: Sendable { case password, token, key, opensDoors, about, `public` }

  /// A number at its end does not change what a word means: `password2`.
  static func meaning(of bytes: Span<UInt8>, _ range: Range<Int>) -> Meaning? {
    var end = range.upperBound
    while end > range.lowerBound, (0x30...0x39).contains(bytes[end - 1]) { end -= 1 }
    guard end > range.lowerBound else { return nil }
    if let meaning = meaning(ofEnding: bytes, range.lowerBound..<end) { return meaning }
    guard end - range.lowerBound <= 16 else { return nil }
    var letters: UInt128 = 0
    for index in range.lowerBound..<end {
      letters = letters << 8 | UInt128((0x41...0x5A).contains(bytes[index]) ? bytes[index] | 0x20 : bytes[index])
    }
    return meanings[letters]
  }

  private static func meaning(ofEnding bytes: Span<UInt8>, _ word: Range<Int>) -> Meaning? {
    // The last letters of the endings.
    switch bytes[word.upperBound - 1] | 0x20 {
    case UInt8(ascii: "d"), UInt8(ascii: "n"), UInt8(ascii: "t"), UInt8(ascii: "y"): break
    default: return nil
    }
    for ending in endings where word.count >= ending.letters.count {
      if bytes.holds(letters: ending.letters, at: word.upperBound - ending.letters.count) { return ending.meaning }
    }
    return nil
  }

  /// Words run together: `PGPASSWORD`, `mysecret`.
  private static let endings: [(letters: [UInt8], meaning: Meaning)] = [
    (Array("password".utf8), .password), (Array("passwd".utf8), .password), (Array("token".utf8), .token),
    (Array("secret".utf8), .token), (Array("apikey".utf8), .token),
  ]

  private static let meanings: WordTable<Meaning> = {
    var table = WordTable<Meaning>()
    for (meaning, words) in vocabulary {
      for word in words.split(separator: " ") { table[word.utf8.reduce(0) { $0 << 8 | UInt128($1) }] = meaning }
    }
    return table
  }()

  private static let vocabulary: [(Meaning, String)] = [
    (.password, "password passwords passwd passphrase passcode pwd pass pin otp totp cvv cvc mnemonic"),
    (
      .token,
      """
      token secret secrets apikey apikeys authtoken accesstoken refreshtoken credential credentials authorization auth \
      pat cookie cookies jwt bearer apitoken secretkey accesskey privatekey signature
      """
    ),
    (.key, "key keys"),
    (
      .opensDoors,
      """
      api access private encryption decryption signing master ssh gpg pgp account license service storage \
      shared session client deploy admin app bot hmac webhook root crypto
      """
    ),
    // Last words that turn a secret's name into the name of something about it.
    (
      .about,
      """
      id ids name names file files path dir url uri endpoint type kind field header prefix limit limits length size ttl \
      expiry expires timeout enabled mode provider method scheme user username count max min env var scope scopes \
      audience issuer region host port version algorithm policy budget store manager rotation hint format
      """
    ),
    (.public, "public"),
  ]
}

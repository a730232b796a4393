/// What a variable's, header's or option's name says of its value.
enum SecretName {
  /// Anything that is given may be a password.
  case password
  /// The value is a token: long, and of no language.
  case token

  /// Nil for a name that does not speak of a secret, or speaks of something about one: `TOKEN_FILE`, `API_KEY_ID`.
  init?(_ name: String) {
    let words = nameWords(name)
    guard let last = words.last, !Self.about.contains(last) else { return nil }
    if words.contains(where: Self.passwords.contains) {
      self = .password
    } else if words.contains(where: Self.tokens.contains) || Self.namesKey(words) {
      self = .token
    } else {
      return nil
    }
  }

  private static let passwords: Set<String> = ["password", "passwd", "passphrase", "pwd", "pass", "pin"]
  private static let tokens: Set<String> = [
    "token", "secret", "apikey", "authtoken", "accesstoken", "credential", "credentials", "authorization", "auth",
    "pat",
    "cookie", "jwt", "bearer", "apitoken", "secretkey", "accesskey", "signature",
  ]
  /// Last words that turn a secret's name into the name of something about it.
  private static let about: Set<String> = [
    "id", "name", "file", "path", "dir", "url", "uri", "endpoint", "type", "kind", "field", "header", "prefix", "limit",
    "limits", "length", "size", "ttl", "expiry", "expires", "timeout", "enabled", "mode", "provider", "method",
    "scheme",
    "user", "username", "count", "max", "min", "env", "var", "scope", "scopes", "audience", "issuer", "region", "host",
    "port", "version", "algorithm", "policy", "budget", "store", "manager", "rotation", "hint", "public", "format",
  ]

  /// `key` alone is a key of a map as often as one to a door; `api_key` and `encryption_keys` are not.
  private static func namesKey(_ words: [String]) -> Bool {
    guard let position = words.lastIndex(where: { $0 == "key" || $0 == "keys" }) else { return false }
    return position > 0 && !words.contains("public")
  }
}

/// Whether a value only shows where a token goes: `YOUR_TOKEN`, `<token>`, `aaaaaaaa`, `{{ token }}`.
func isPlaceholder(_ value: [UInt8]) -> Bool { Set(value).count < 5 || saysPlaceholder(value) }

/// Whether a value's words or brackets say that it only shows where the real one goes.
func saysPlaceholder(_ value: [UInt8]) -> Bool {
  guard let first = value.first, let last = value.last, Set(value).count > 1 else { return true }
  let text = String(decoding: value, as: UTF8.self).lowercased()
  if wholeWords.contains(text) || markers.contains(where: { text.contains($0) }) { return true }
  return brackets.contains { $0.0 == first && $0.1 == last }
}

/// What no credential contains.
private let markers = [
  "your", "example", "placeholder", "changeme", "change_me", "change-me", "replace", "insert", "xxxx", "****", "....",
  "…", "dummy", "redacted", "_here", "-here", "<", "{{", "$(", "todo_", "put_", "my_token", "my-token", "mytoken",
  "my_api", "my-api", "my_secret", "my-secret", "mysecret", "my_password", "mypassword", "my_key", "my-key",
]

/// Values that stand for "none", or that everybody uses.
private let wholeWords: Set<String> = [
  "token", "secret", "password", "passwd", "pass", "apikey", "api_key", "api-key", "key", "none", "null", "undefined",
  "empty", "true", "false", "yes", "no", "test", "testing", "default", "optional", "required", "enabled", "disabled",
  "bearer", "basic", "oauth", "oauth2", "user", "username", "string", "value", "foobar", "hidden", "anonymous", "guest",
]

private let brackets: [(UInt8, UInt8)] = [
  (0x3C, 0x3E), (0x5B, 0x5D), (0x7B, 0x7D), (0x25, 0x25), (0x28, 0x29), (0x24, 0x7D),
]

/// The text without its references, whose values are not in it; a reference's default is, and stays, as a word of its
/// own.
func withoutReferences(_ text: [UInt8]) -> [UInt8] {
  var kept: [UInt8] = []
  var index = 0
  while index < text.count {
    guard text[index] == 0x24, index + 1 < text.count, text[index + 1] == 0x7B,
      let end = text[index...].firstIndex(of: 0x7D)
    else {
      kept.append(text[index])
      index += 1
      continue
    }
    let inside = Array(text[index + 2..<end])
    if let colon = firstDefault(inside) { kept += [0x20] + inside[colon...] + [0x20] }
    index = end + 1
  }
  return kept
}

/// Where the default of `env:NAME:-default` begins.
private func firstDefault(_ inside: [UInt8]) -> Int? {
  inside.indices.dropLast().first { inside[$0] == 0x3A && inside[$0 + 1] == 0x2D }.map { $0 + 2 }
}

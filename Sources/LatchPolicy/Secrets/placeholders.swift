/// Whether a value only shows where a token goes: `YOUR_TOKEN`, `<token>`, `aaaaaaaa`, `{{ token }}`.
func isPlaceholder(_ value: [UInt8]) -> Bool {
  value.reduce(UInt128(0)) { $0 | 1 << UInt128($1 & 0x7F) }.nonzeroBitCount < 5 || saysPlaceholder(value)
}

/// Whether a value's words or brackets say that it only shows where the real one goes.
func saysPlaceholder(_ value: [UInt8]) -> Bool {
  guard let first = value.first, let last = value.last, value.contains(where: { $0 != first }) else { return true }
  if brackets.contains(where: { $0.0 == first && $0.1 == last }) { return true }
  let letters = value.map(lowercased)
  return markers.stand(in: letters) || letters.count <= 16 && wholeWords.contains(letters)
}

/// What no credential contains.
private let markers = Markers([
  "your", "example", "placeholder", "changeme", "change_me", "change-me", "replace", "insert", "xxxx", "****", "....",
  "…", "dummy", "redacted", "_here", "-here", "<", "{{", "$(", "todo_", "put_", "my_token", "my-token", "mytoken",
  "my_api", "my-api", "my_secret", "my-secret", "mysecret", "my_password", "mypassword", "my_key", "my-key",
])

/// Texts by their first byte.
private struct Markers {
  private var byFirst = [[[UInt8]]](repeating: [], count: 256)

  init(_ texts: [String]) {
    for text in texts.map({ Array($0.utf8) }) { if let first = text.first { byFirst[Int(first)].append(text) } }
  }

  func stand(in letters: [UInt8]) -> Bool {
    letters.indices.contains { index in
      byFirst[Int(letters[index])].contains { letters.span.holds($0, at: index) }
    }
  }
}

/// Values that stand for "none", or that everybody uses.
private let wholeWords = Set(
  [
    "token", "secret", "password", "passwd", "pass", "apikey", "api_key", "api-key", "key", "none", "null", "undefined",
    "empty", "true", "false", "yes", "no", "test", "testing", "default", "optional", "required", "enabled", "disabled",
    "bearer", "basic", "oauth", "oauth2", "user", "username", "string", "value", "foobar", "hidden", "anonymous",
    "guest",
  ].map { Array($0.utf8) })

private let brackets: [(UInt8, UInt8)] = [
  (0x3C, 0x3E), (0x5B, 0x5D), (0x7B, 0x7D), (0x25, 0x25), (0x28, 0x29), (0x24, 0x7D),
]

/// A text taken apart at its references, whose values are not in it; their defaults are.
struct ReferencedText {
  /// What stands after `:-` in a reference, and the variable that it stands in for.
  struct Default {
    var variable: String
    var value: [UInt8]
  }

  /// The text without references, each default as a word of its own.
  private(set) var words: [UInt8] = []
  /// The text without references and defaults.
  private(set) var literal: [UInt8] = []
  private(set) var defaults: [Default] = []

  init(_ text: [UInt8]) {
    // Behind the last brace no reference ends; it is looked for once.
    let last = text.lastIndex(of: 0x7D) ?? 0
    var index = 0
    while index < text.count {
      guard index < last, text[index] == 0x24, text[index + 1] == 0x7B,
        let end = text[index...].firstIndex(of: 0x7D)
      else {
        words.append(text[index])
        literal.append(text[index])
        index += 1
        continue
      }
      if let found = Default(text[index + 2..<end]) {
        words += [0x20] + found.value + [0x20]
        defaults.append(found)
      } else {
        // A name in front of it has its value, which is none of the words behind it.
        words.append(0x24)
      }
      index = end + 1
    }
  }
}

extension ReferencedText.Default {
  /// Reads the inside of a reference, `env:NAME:-default`; nil where it has no default.
  init?(_ inside: ArraySlice<UInt8>) {
    guard let colon = inside.indices.dropLast().first(where: { inside[$0] == 0x3A && inside[$0 + 1] == 0x2D }) else {
      return nil
    }
    let name = inside[..<colon]
    let start = name.firstIndex(of: 0x3A).map { $0 + 1 } ?? name.startIndex
    variable = String(decoding: name[start...], as: UTF8.self)
    value = Array(inside[(colon + 2)...])
  }
}

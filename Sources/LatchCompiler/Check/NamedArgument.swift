import LatchPolicy

/// A value of `args` with the name that it is given to: that of the option before it (`--token VALUE`), or what stands
/// before its `=` (`--token=VALUE`, `TOKEN=VALUE`).
struct NamedArgument {
  let name: String
  let value: String
  /// What stands in the same argument before the value.
  let beginning: String

  /// An argument under the option before it; nil where that does not ask for a secret, or has something else behind it.
  init?(_ argument: String, after option: String) {
    guard let wanted = wantedSecret(option), !argument.utf8.starts(with: "-".utf8), !isPath(argument, wanted),
      !isShortNumber(argument)
    else { return nil }
    (name, value, beginning) = (option, argument, "")
  }

  /// An argument that has its name in itself.
  init?(pair argument: String) {
    guard let sign = argument.utf8.firstIndex(of: UInt8(ascii: "=")) else { return nil }
    let name = argument[..<sign]
    guard name.utf8.allSatisfy(isNameByte), name.contains(where: { $0 != "-" }) else { return nil }
    self.name = String(name)
    value = String(argument[argument.utf8.index(after: sign)...])
    beginning = "\(name)="
  }

  /// What the value seems to be.
  var secretKind: SecretKind? { looksLikeSecret(value, name: name) }
}

/// What secret an option has behind it, if any. Many a switch speaks of a password and takes no value (`--no-password`,
/// `--ask-pass`, `--password-stdin`), or takes something about one (`--password-rounds`): what stands behind it may be
/// any word, and any word may be a password.
private func wantedSecret(_ option: String) -> SecretName? {
  let bytes = Array(option.utf8)
  guard bytes.first == UInt8(ascii: "-"), bytes.count <= 64, bytes.allSatisfy(isNameByte),
    let secret = SecretName(option)
  else { return nil }
  var words: [Range<Int>] = []
  var walk = NameWords(bytes.indices)
  while let word = walk.next(in: bytes.span) { words.append(word) }
  guard let first = words.first, let last = words.last else { return nil }
  if switchWords.contains(String(decoding: bytes[first], as: UTF8.self).lowercased()) { return nil }
  return secret != .password || SecretName(bytes.span, last) == .password ? secret : nil
}

/// What options begin with that are switches.
private let switchWords: Set = [
  "no", "without", "skip", "ask", "prompt", "require", "disable", "hide", "mask", "show",
]

/// Whether a value names a file or directory: `looksLikeSecret` knows no `${project}`, and takes `/work` behind `--pwd`
/// for a password.
private func isPath(_ value: String, _ wanted: SecretName) -> Bool {
  ["${project}", "${home}"].contains { value.utf8.starts(with: $0.utf8) }
    || wanted == .password && value.utf8.starts(with: "/".utf8)
}

/// A port or a count: `--pass 2`, `--pin 8080`.
private func isShortNumber(_ value: String) -> Bool {
  value.utf8.count < 6 && value.utf8.allSatisfy { (0x30...0x39).contains($0) }
}

private func isNameByte(_ byte: UInt8) -> Bool {
  switch byte {
  case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: true
  default: false
  }
}

/// What credential a literal in a policy or a client's configuration seems to be, if any.
///
/// `name` is the variable, header or option that the text is the value of. References (`${env:…}`) and placeholders
/// are not credentials; a doubt without a telling shape or name is none either: people would learn to look away.
package func looksLikeSecret(_ text: String, name: String?) -> SecretKind? {
  let bytes = withoutReferences(Array(text.utf8))
  let kept = String(decoding: bytes, as: UTF8.self)
  if let shape = TokenShape.all.first(where: { $0.stands(in: bytes) }) { return shape.kind }
  return secretByStructure(kept) ?? secretByScheme(kept, name: name) ?? secretInURL(kept)
    ?? secretByAssignment(kept) ?? secretByName(kept, name: name)
}

/// Keys, tokens and addresses that have a form of their own.
private func secretByStructure(_ text: String) -> SecretKind? {
  if text.contains("-----BEGIN"), text.contains("PRIVATE KEY") { return .privateKey }
  if words(of: text).contains(where: isWebToken) { return .webToken }
  if words(of: text).contains(where: isBotToken) { return .botToken }
  for address in ["hooks.slack.com/services/", "discord.com/api/webhooks/", "discordapp.com/api/webhooks/"] {
    guard let range = text.firstRange(of: address) else { continue }
    let rest = Array(text[range.upperBound...].utf8)
    if rest.count >= 20, !isPlaceholder(rest) { return .webhook }
  }
  for name in ["AccountKey=", "SharedAccessKey="] {
    guard let range = text.firstRange(of: name) else { continue }
    if text[range.upperBound...].prefix(while: { $0 != ";" }).utf8.count >= 20 { return .connection }
  }
  return nil
}

/// Three base64url parts, of which the first two are JSON objects.
private func isWebToken(_ word: Substring) -> Bool {
  let parts = word.split(separator: ".", omittingEmptySubsequences: false)
  return parts.count == 3 && parts[0].hasPrefix("eyJ") && parts[1].hasPrefix("eyJ")
    && parts.allSatisfy { $0.utf8.count >= 10 && $0.utf8.allSatisfy(TokenShape.Alphabet.word.contains) }
}

/// Digits, a colon, and 35 letters that begin with `AA`.
private func isBotToken(_ word: Substring) -> Bool {
  let parts = word.split(separator: ":", omittingEmptySubsequences: false)
  guard parts.count == 2, (8...10).contains(parts[0].utf8.count), parts[1].hasPrefix("AA") else { return false }
  return parts[0].utf8.allSatisfy { (0x30...0x39).contains($0) } && parts[1].utf8.count >= 33
    && parts[1].utf8.allSatisfy(TokenShape.Alphabet.word.contains)
}

/// What stands behind `Bearer` and its kin.
private func secretByScheme(_ text: String, name: String?) -> SecretKind? {
  let words = words(of: text)
  for (scheme, value) in zip(words, words.dropFirst()) {
    let bytes = Array(value.utf8)
    guard !isPlaceholder(bytes) else { continue }
    switch scheme.lowercased() {
    case "bearer", "token", "apikey", "bot":
      let isHeader = name.map { SecretName($0) != nil } ?? false
      if isHeader ? bytes.count >= 8 : bytes.count >= 16 && Randomness(bytes).isToken { return .bearer }
    case "basic":
      if bytes.count >= 8, let pair = decodedBase64(bytes), pair.contains(0x3A) { return .basic }
    default: break
    }
  }
  return nil
}

/// `scheme://user:password@host`, and secrets among the parameters.
private func secretInURL(_ text: String) -> SecretKind? {
  for word in words(of: text) {
    guard let scheme = word.firstRange(of: "://") else { continue }
    let rest = word[scheme.upperBound...]
    let authority = rest.prefix { !"/?#".contains($0) }
    if let at = authority.lastIndex(of: "@"), let colon = authority[..<at].firstIndex(of: ":") {
      let password = Array(authority[authority.index(after: colon)..<at].utf8)
      if password.count >= 3, !saysPlaceholder(password) { return .urlPassword }
    }
    guard let query = rest.firstIndex(of: "?") else { continue }
    for pair in rest[rest.index(after: query)...].split(separator: "&") {
      if let kind = secret(assignedBy: pair) { return kind }
    }
  }
  return nil
}

/// `--api-key=…`, `TOKEN=…`, `X-Api-Key: …` within a longer text.
private func secretByAssignment(_ text: String) -> SecretKind? {
  let words = words(of: text)
  for word in words { if !word.contains("://"), let kind = secret(assignedBy: word) { return kind } }
  for (name, value) in zip(words, words.dropFirst()) where name.hasSuffix(":") {
    if let kind = secretByName(String(value), name: String(name.dropLast())) { return kind }
  }
  return nil
}

private func secret(assignedBy word: Substring) -> SecretKind? {
  guard let sign = word.firstIndex(where: { $0 == "=" || $0 == ":" }), sign > word.startIndex else { return nil }
  return secretByName(String(word[word.index(after: sign)...]), name: String(word[..<sign]))
}

/// A value that its name calls a secret, and that can be one.
private func secretByName(_ text: String, name: String?) -> SecretKind? {
  guard let name, let secretName = SecretName(name) else { return nil }
  let bytes = Array(text.utf8)
  guard !bytes.contains(0x20), !isAddressOrPath(text) else { return nil }
  switch secretName {
  case .password:
    guard bytes.count >= 4, !saysPlaceholder(bytes) else { return nil }
  case .token:
    guard bytes.count >= 12, !isPlaceholder(bytes), Randomness(bytes).isToken else { return nil }
  }
  return .value(of: String(name.drop { $0 == "-" }))
}

private func isAddressOrPath(_ text: String) -> Bool {
  if text.contains("://") || text.hasPrefix("./") || text.hasPrefix("~/") || text.hasPrefix("../") { return true }
  return text.hasPrefix("/") && text.split(separator: "/").count >= 2
}

private func words(of text: String) -> [Substring] {
  text.split { $0 == " " || $0 == "\n" || $0 == "\t" || $0 == "\"" || $0 == "'" || $0 == "," }
}

/// A part of a client's value that has to move to a variable.
struct SecretPart: Equatable {
  /// UTF-8 offsets.
  var range: Range<Int>
  /// What the variable is called after; empty for the setting or option that the text is the value of.
  var label = ""
}

/// Tells secrets by what is said of a name and a value.
struct SecretFinder {
  let looksSecret: (String, String) -> Bool

  /// Of a value that stands there as it is.
  func isSecret(_ name: String, _ value: String) -> Bool {
    looksSecret(name, value) || (namesSecret(name) && !isPlainlyNoSecret(value))
  }

  /// Whether whatever such a name is given is secret.
  func tells(_ name: String) -> Bool {
    // A value that only its name can make a credential.
    namesSecret(name) || (!name.isEmpty && looksSecret(name, "Zk39dkqQ93kdLw0sAA"))
  }

  /// In the value of a setting or option: all of it, what stands behind the scheme of a header, or, under a name that
  /// tells nothing, what can be told from references around it.
  func parts(ofSetting name: String, _ text: ClientText, keepingScheme: Bool) -> [SecretPart] {
    let isPlain = text.references.allSatisfy { ClientReference($0.inside) == .unknown }
    let holdsUnknown = text.references.contains { isSecret(unknown: $0) }
    let isFound = isPlain ? isSecret(name, text[text.bytes.indices]) : holdsSecret(name, text)
    guard isFound || holdsUnknown else { return [] }
    if keepingScheme || !isPlain, !holdsUnknown, isShort(text), let parts = partsBehindScheme(text) { return parts }
    return isPlain || tells(name) ? whole(text) : parts(within: text, called: name, "SECRET")
  }

  /// Beside references a secret is all that is literal, or a word of it.
  private func holdsSecret(_ name: String, _ text: ClientText) -> Bool {
    let words = text.masked.split { $0 == UInt8(ascii: " ") || $0 == ClientText.mask }
    return looksSecret(name, text.literals())
      || words.map { String(decoding: $0, as: UTF8.self) }.contains { word in
        looksSecret(name, word) || (namesSecret(name) && isMixed(word))
      }
  }

  /// In a text of which most is none: an argument, an address, a command for a shell.
  func parts(within text: ClientText, called name: String, _ label: String = "") -> [SecretPart] {
    guard isShort(text) else { return looksSecret(name, text.literals()) ? whole(text) : [] }
    let found = SecretCandidates(in: text.masked, tells: tells)
    let options = found.options.filter { looksSecret("", text.literals(of: $0)) }
    let candidates = found.all + options.map { SecretCandidates.Candidate(range: $0, name: "", isGiven: false) }
    let alone = candidates.filter { isSecret(alone: $0, in: text) }
    let unknown = text.references.filter { isSecret(unknown: $0) }.map { SecretPart(range: $0.range, label: label) }
    guard looksSecret(name, text.literals()) || !(alone.isEmpty && unknown.isEmpty) else { return [] }
    // A key in its armour is many words.
    guard !text.holds("-----BEGIN") else { return whole(text) }
    let parts = fewest(of: candidates, with: alone, in: text, called: name).map { candidate in
      let given = String(candidate.name.drop { $0 == "-" })
      let isName = given.first?.isLetter == true && !looksSecret("", given)
      return SecretPart(range: candidate.range, label: isName ? given : label)
    }
    let sorted = (parts + unknown).sorted { $0.range.lowerBound < $1.range.lowerBound }
    let isDisjoint = zip(sorted, sorted.dropFirst()).allSatisfy { $0.range.upperBound <= $1.range.lowerBound }
    return isDisjoint && !looksSecret(name, text.literals(hiding: sorted.map(\.range))) ? sorted : whole(text)
  }

  /// Those without which nothing in the text looks secret: names are looked at before what they are given.
  private func fewest(
    of candidates: [SecretCandidates.Candidate], with alone: [SecretCandidates.Candidate], in text: ClientText,
    called name: String
  ) -> [SecretCandidates.Candidate] {
    let given = Set(alone.map(\.range))
    var hidden = candidates.sorted { $0.range.lowerBound < $1.range.lowerBound }
    // As many as can be; what cannot be shown at once is halved.
    func show(_ some: ArraySlice<SecretCandidates.Candidate>) {
      guard let first = some.first, let last = some.last else { return }
      let shown = first.range.lowerBound...last.range.lowerBound
      let rest = hidden.filter { !shown.contains($0.range.lowerBound) || given.contains($0.range) }
      if !looksSecret(name, text.literals(hiding: rest.map(\.range))) {
        hidden = rest
      } else if some.count > 1 {
        let middle = some.startIndex + some.count / 2
        show(some[..<middle])
        show(some[middle...])
      }
    }
    show(hidden.filter { !given.contains($0.range) }[...])
    return hidden
  }

  private func isSecret(alone candidate: SecretCandidates.Candidate, in text: ClientText) -> Bool {
    let value = text.literals(of: candidate.range)
    return candidate.isGiven ? isSecret(candidate.name, value) : looksSecret(candidate.name, value)
  }

  /// Of a reference that stays as text, what stands between the braces is text.
  private func isSecret(unknown reference: ClientText.Placed) -> Bool {
    ClientReference(reference.inside) == .unknown
      && (looksSecret("", reference.inside) || looksSecret("", "${\(reference.inside)}"))
  }

  private func partsBehindScheme(_ text: ClientText) -> [SecretPart]? {
    let bytes = text.masked
    let schemes = ["Bearer ", "Basic ", "Token ", "token "]
    guard let scheme = schemes.first(where: { bytes.starts(with: $0.utf8) }) else { return nil }
    let rest = scheme.utf8.count..<bytes.count
    if text.references.isEmpty { return rest.isEmpty ? nil : [SecretPart(range: rest)] }
    // What is next to a reference without a space belongs to it.
    return bytes[rest].split(separator: UInt8(ascii: " ")).filter { $0.contains { $0 != ClientText.mask } }.map {
      word in
      let first = word.firstIndex { $0 != ClientText.mask } ?? word.startIndex
      let last = word.lastIndex { $0 != ClientText.mask } ?? first
      return SecretPart(range: first..<(last + 1))
    }
  }

  /// This is no place to look for long.
  private func isShort(_ text: ClientText) -> Bool { text.bytes.count <= 1 << 14 }

  private func whole(_ text: ClientText) -> [SecretPart] { [SecretPart(range: text.bytes.indices)] }
}

/// Whether a word can be a part of a token: long, of letters and digits, and no address, path or assignment.
private func isMixed(_ word: String) -> Bool {
  word.utf8.count >= 8 && word.contains(where: \.isNumber) && word.contains(where: \.isLetter)
    && !word.contains { "/=:".contains($0) }
}

extension ClientText {
  fileprivate func holds(_ part: String) -> Bool {
    let part = Array(part.utf8)
    return bytes.indices.contains { bytes[$0...].starts(with: part) }
  }
}

import LatchPolicy

/// What can stand in the place of a variable's, header's or option's text that holds a credential.
struct CredentialReplacement {
  /// What to do, behind "and".
  let advice: String
  /// The text, as it stands between double quotes; nil where nothing can be written without a person.
  let text: String?

  init(for text: String, called name: String, of upstream: String, _ variables: inout CredentialVariables) {
    let pieces = (try? ReferenceSyntax(reading: text))?.pieces
    if let pieces, pieces.contains(where: \.hasDefault), let kept = withoutDefaults(text, pieces, called: name) {
      advice = "write `\(kept)`, without that default"
      self.text = standsQuoted(kept) ? kept : nil
      return
    }
    let scheme = schemes.first { text.utf8.starts(with: $0.utf8) } ?? ""
    let reference = "\(scheme)${env:\(variables.variable(for: name, of: upstream, holding: text))}"
    advice = "write a reference, `\(reference)`"
    // A variable's value is taken as it is, without the references that were in the text.
    self.text = pieces?.allSatisfy(\.isLiteral) == true ? reference : nil
  }
}

/// What stands before a credential in a header.
private let schemes = ["Bearer ", "Basic ", "Token ", "token "]

/// The text without the defaults that look like credentials, else without any; nil if the rest still looks like one.
private func withoutDefaults(_ text: String, _ pieces: [ReferenceSyntax.Placed], called name: String) -> String? {
  let bytes = Array(text.utf8)
  func kept(where isKept: (String) -> Bool) -> String {
    pieces.map { piece in
      let written = String(decoding: bytes[piece.range], as: UTF8.self)
      guard case .environment(let variable, _?) = piece.piece, !isKept(written) else { return written }
      return "${env:\(variable)}"
    }.joined()
  }
  let texts = [kept { looksLikeSecret($0, name: name) == nil }, kept { _ in false }]
  return texts.first { looksLikeSecret($0, name: name) == nil }
}

private func standsQuoted(_ text: String) -> Bool {
  text.utf8.allSatisfy { $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
}

extension ReferenceSyntax.Placed {
  fileprivate var isLiteral: Bool { if case .literal = piece { true } else { false } }

  fileprivate var hasDefault: Bool { if case .environment(_, _?) = piece { true } else { false } }
}

/// The variables that credentials are to move to: two credentials get two, and none gets one that is read already.
struct CredentialVariables {
  private var read: Set<String> = []
  private var held: [String: String] = [:]

  init(besides texts: some Sequence<String>) {
    for text in texts {
      for piece in (try? ReferenceSyntax(reading: text))?.pieces ?? [] {
        if case .environment(let variable, _) = piece.piece { read.insert(variable) }
      }
    }
  }

  /// Called as the variable, header or option is, with the upstream's name before it where that is not free.
  mutating func variable(for name: String, of upstream: String, holding value: String) -> String {
    let name = name.drop { $0 == "-" }
    let longer = variableName("\(upstream)_\(name)")
    var variable = variableName(String(name))
    var number = 1
    while !isFree(variable, for: value) {
      variable = number == 1 ? longer : "\(longer)_\(number)"
      number += 1
    }
    held[variable] = value
    return variable
  }

  private func isFree(_ variable: String, for value: String) -> Bool {
    !read.contains(variable) && held[variable].map { $0.utf8.elementsEqual(value.utf8) } != false
  }
}

/// `X-Api-Key` as a variable's name: `X_API_KEY`.
private func variableName(_ name: String) -> String {
  let letters = name.utf8.map { byte -> UInt8 in
    switch byte {
    case 0x61...0x7A: byte - 0x20
    case 0x41...0x5A, 0x30...0x39: byte
    default: UInt8(ascii: "_")
    }
  }
  let text = String(decoding: letters, as: UTF8.self)
  return letters.first.map { (0x30...0x39).contains($0) } == true ? "_\(text)" : text
}

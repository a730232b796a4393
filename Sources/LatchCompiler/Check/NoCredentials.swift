import LatchPolicy
import LatchSource

extension Check {
  /// A policy is read by many and kept in git; what opens a door does not belong in it. Upstreams with other mistakes
  /// are looked through too: each of their texts was read by itself.
  static let noCredentials = Check("L3008", summary: "no credential stands in a policy") { model in
    let all = model.upstreams.flatMap { upstream in texts(of: upstream.declaration).map { (upstream.name, $0) } }
    var variables = CredentialVariables(besides: all.lazy.map(\.1.text.value))
    var found: [Diagnostic] = []
    for (upstream, held) in all {
      guard let kind = looksLikeSecret(held.text.value, name: held.name) else { continue }
      found.append(.credential(held, kind, of: upstream, &variables))
    }
    return found
  }
}

/// A text of an upstream and where it stands.
private struct HeldText {
  enum Place {
    /// Under a variable or header.
    case binding(String)
    /// In the command whose output a variable or header gets.
    case output
    case url
    /// In what starts the server.
    case command
  }

  var text: Spanned<String>
  var place: Place

  init(_ text: Spanned<String>, _ place: Place) {
    self.text = text
    self.place = place
  }

  /// The name that the text is given to, if it has one.
  var name: String? {
    if case .binding(let name) = place { name } else { nil }
  }
}

private func texts(of upstream: UpstreamDeclaration) -> [HeldText] {
  let plain = ([upstream.command].compactMap(\.self) + upstream.arguments).map { HeldText($0, .command) }
  let address = [upstream.url].compactMap(\.self).map { HeldText($0, .url) }
  return plain + address
    + (upstream.environment + upstream.headers).flatMap { binding in
      switch binding.value.value {
      case .text(let text): [HeldText(Spanned(text, binding.value.span), .binding(binding.name.value))]
      case .output(let words): words.map { HeldText(Spanned($0, binding.value.span), .output) }
      }
    }
}

extension Diagnostic {
  /// A reference is offered only where one can stand.
  fileprivate static func credential(
    _ held: HeldText, _ kind: SecretKind, of upstream: String, _ variables: inout CredentialVariables
  ) -> Diagnostic {
    var fix: Fix?
    let advice: String
    switch held.place {
    case .binding(let name):
      let instead = CredentialReplacement(for: held.text.value, called: name, of: upstream, &variables)
      advice = instead.advice
      fix = instead.text.map { Fix.replace(held.text.span, with: "\"\($0)\"") }
    case .output: advice = "let the command read it from where it is kept"
    case .url: advice = "move it to `headers`, as a reference"
    case .command: advice = "pass it in `env`, as a reference"
    }
    return Diagnostic(
      "L3008", "this looks like \(kind); keep it out of the policy and \(advice)", at: held.text.span, fix: fix,
      help: "whoever has seen the file has seen the credential: change it where it was issued")
  }
}

import LatchPolicy
import LatchSource

extension Check {
  /// A policy is read by many and kept in git; what opens a door does not belong in it. Upstreams with other mistakes
  /// are looked through too: each of their texts was read by itself.
  static let noCredentials = Check("L3008", summary: "no credential stands in a policy") { model in
    let all = model.upstreams.flatMap { upstream in texts(of: upstream.declaration).map { (upstream, $0) } }
    var variables = CredentialVariables(besides: all.lazy.map(\.1.text.value))
    let places = Dictionary(grouping: all, by: \.1.text.span)
    return all.compactMap { upstream, held in
      held.credential.map { credential in
        let isShared = (places[held.text.span]?.count ?? 0) > 1
        let permission = isShared ? nil : model.permission(ofSecretsIn: upstream.declaration, with: held.text.span)
        return .credential(credential, in: held.text, of: upstream.declaration, permission, &variables)
      }
    }
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
    case command
    /// In `args`, behind another one if it is not the first.
    case argument(after: String?)
  }

  var text: Spanned<String>
  var place: Place

  init(_ text: Spanned<String>, _ place: Place) {
    self.text = text
    self.place = place
  }

  var credential: HeldCredential? {
    let text = text.value
    switch place {
    case .binding(let name): return looksLikeSecret(text, name: name).map { HeldCredential($0, .binding(name)) }
    case .output: return looksLikeSecret(text, name: nil).map { HeldCredential($0, .output) }
    case .url: return looksLikeSecret(text, name: nil).map { HeldCredential($0, .url) }
    case .command: return looksLikeSecret(text, name: nil).map { HeldCredential($0, .start) }
    case .argument(let option):
      let named = [option.flatMap { NamedArgument(text, after: $0) }, NamedArgument(pair: text)].compactMap(\.self)
      for argument in named {
        if let kind = argument.secretKind { return HeldCredential(kind, .argument(argument)) }
      }
      return looksLikeSecret(text, name: nil).map { HeldCredential($0, .start) }
    }
  }
}

/// What a text seems to be, and what could be done about it.
private struct HeldCredential {
  enum Place {
    case binding(String)
    case argument(NamedArgument)
    case output
    case url
    /// In what starts the server, without a name.
    case start
  }

  var kind: SecretKind
  var place: Place

  init(_ kind: SecretKind, _ place: Place) {
    self.kind = kind
    self.place = place
  }
}

private func texts(of upstream: UpstreamDeclaration) -> [HeldText] {
  let command = [upstream.command].compactMap(\.self).map { HeldText($0, .command) }
  let before = [nil] + upstream.arguments.map(\.value)
  let arguments = zip(upstream.arguments, before).map { HeldText($0, .argument(after: $1)) }
  let address = [upstream.url].compactMap(\.self).map { HeldText($0, .url) }
  return command + arguments + address
    + (upstream.environment + upstream.headers).flatMap { binding in
      switch binding.value.value {
      case .text(let text): [HeldText(Spanned(text, binding.value.span), .binding(binding.name.value))]
      case .output(let words): words.map { HeldText(Spanned($0, binding.value.span), .output) }
      }
    }
}

extension Diagnostic {
  /// A reference is offered only where one can stand. `permission`: what lets one stand in `args`.
  fileprivate static func credential(
    _ credential: HeldCredential, in text: Spanned<String>, of upstream: UpstreamDeclaration, _ permission: [Edit]?,
    _ variables: inout CredentialVariables
  ) -> Diagnostic {
    var fix: Fix?
    let advice: String
    switch credential.place {
    case .binding(let name):
      let instead = CredentialReplacement(for: text.value, called: name, of: upstream.name.value, &variables)
      advice = instead.advice
      fix = instead.text.map { Fix.replace(text.span, with: "\"\($0)\"") }
    case .argument(let argument):
      let instead = CredentialReplacement(
        for: argument.value, called: argument.name, of: upstream.name.value, &variables)
      advice = upstream.permitsSecretsInArguments ? instead.advice : passInEnvironment
      fix = instead.text.flatMap { reference in
        permission.map { .replace(text.span, with: "\"\(argument.beginning)\(reference)\"", after: $0) }
      }
    case .output: advice = "let the command read it from where it is kept"
    case .url: advice = "move it to `headers`, as a reference"
    case .start: advice = passInEnvironment
    }
    return Diagnostic(
      "L3008", "this looks like \(credential.kind); keep it out of the policy and \(advice)", at: text.span, fix: fix,
      help: "whoever has seen the file has seen the credential: change it where it was issued")
  }

  /// A reference in `args` shows its value in the list of processes.
  private static let passInEnvironment = "pass it in `env`, as a reference"
}

extension Fix {
  /// For a server that takes its credential nowhere else: a reference among its arguments, and what permits it there.
  fileprivate static func replace(_ span: Span, with text: String, after permission: [Edit]) -> Fix {
    if permission.isEmpty { return .replace(span, with: text) }
    return Fix("replace with `\(text)`, under `secret_in_args: true`", permission + [Edit(span, text)])
  }
}

extension Model {
  /// Writes `secret_in_args: true` before `args` if it is not there; nil where the upstream says otherwise, or where it or
  /// the argument is written elsewhere (an alias).
  fileprivate func permission(ofSecretsIn upstream: UpstreamDeclaration, with argument: Span) -> [Edit]? {
    if upstream.permitsSecretsInArguments { return [] }
    guard let place = upstream.place, place.file == argument.file, place.contains(argument.start),
      !upstream.keys.contains(where: { $0.value.utf8.elementsEqual("secret_in_args".utf8) }),
      let key = upstream.keys.first(where: { $0.value.utf8.elementsEqual("args".utf8) })?.span,
      place.contains(key.start), sources.indices.contains(Int(key.file))
    else { return nil }
    if self[place].utf8.first == UInt8(ascii: "{") { return [Edit(key.beginning, "secret_in_args: true, ")] }
    let source = sources[Int(key.file)]
    let line = source.lineRange(source.lineIndex(of: key.start))
    let indent = String(decoding: source.bytes[line.lowerBound..<key.start], as: UTF8.self)
    return indent.allSatisfy { $0 == " " } ? [Edit(key.beginning, "secret_in_args: true\n\(indent)")] : nil
  }
}

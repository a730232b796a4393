import LatchPolicy
import LatchSource

extension Check {
  /// A policy is read by many and kept in git; what opens a door does not belong in it.
  static let noCredentials = Check("L3008", summary: "no credential stands in a policy") { model in
    model.wholeUpstreams.flatMap { upstream in
      texts(of: upstream).compactMap { name, text in
        guard let kind = looksLikeSecret(text.value, name: name) else { return nil }
        return .credential(text, kind: kind.description, variable: name.map(variableName) ?? "SECRET")
      }
    }
  }
}

/// Each text of an upstream with the name it is given to, if it has one.
private func texts(of upstream: UpstreamDeclaration) -> [(String?, Spanned<String>)] {
  let plain = [upstream.command, upstream.url].compactMap(\.self) + upstream.arguments
  let named = (upstream.environment + upstream.headers).flatMap { binding -> [(String?, Spanned<String>)] in
    switch binding.value.value {
    case .text(let text): [(binding.name.value, Spanned(text, binding.value.span))]
    case .output(let words): words.map { (nil, Spanned($0, binding.value.span)) }
    }
  }
  return plain.map { (nil, $0) } + named
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
  return String(decoding: letters, as: UTF8.self)
}

extension Diagnostic {
  fileprivate static func credential(_ text: Spanned<String>, kind: String, variable: String) -> Diagnostic {
    Diagnostic(
      "L3008", "this looks like \(kind); keep it out of the policy and write a reference, `${env:\(variable)}`",
      at: text.span, fix: Fix.replace(text.span, with: "\"${env:\(variable)}\""),
      help: "whoever has seen the file has seen the credential: change it where it was issued")
  }
}

import LatchPolicy
import LatchSource

extension Check {
  /// References stand where the proxy resolves them, and nowhere that shows their values.
  static let referencesAreInPlace = Check(
    "L3003", "L3004", "L3005", "L3010", summary: "references can be read and stand in `env` and `headers` only"
  ) { model in
    model.wholeUpstreams.flatMap { upstream in
      places(of: upstream).flatMap { place in problems(of: place, in: model) }
    }
  }
}

/// A text of an upstream and what may stand in it.
private struct Place {
  var text: Spanned<String>
  var key: String
  /// `${env:…}` and `${file:…}`.
  var takesReferences: Bool
  /// `${project}` and `${home}` at the beginning.
  var takesDirectories: Bool
  var isArgument = false
}

private func places(of upstream: UpstreamDeclaration) -> [Place] {
  let mayHold = upstream.permitsSecretsInArguments
  let arguments = upstream.arguments.map {
    Place(text: $0, key: "args", takesReferences: mayHold, takesDirectories: true, isArgument: true)
  }
  let literal = [(upstream.command, "command"), (upstream.url, "url")].compactMap { text, key in
    text.map { Place(text: $0, key: key, takesReferences: false, takesDirectories: false) }
  }
  let directory = upstream.directory.map {
    Place(text: $0, key: "cwd", takesReferences: false, takesDirectories: true)
  }
  return literal + arguments + [directory].compactMap(\.self)
    + bindings(upstream.environment, key: "env", takesDirectories: true)
    + bindings(upstream.headers, key: "headers", takesDirectories: false)
}

private func bindings(_ bindings: [BindingDeclaration], key: String, takesDirectories: Bool) -> [Place] {
  bindings.compactMap { binding in
    guard case .text(let text) = binding.value.value else { return nil }
    return Place(
      text: Spanned(text, binding.value.span), key: key, takesReferences: true, takesDirectories: takesDirectories)
  }
}

private func problems(of place: Place, in model: Model) -> [Diagnostic] {
  do throws(ReferenceSyntax.Failure) {
    let reading = try ReferenceSyntax(reading: place.text.value)
    let bytes = Array(place.text.value.utf8)
    let start = model.start(of: place.text)
    return reading.pieces.compactMap { piece in
      problem(of: piece, of: place, bytes, at: model.place(of: piece.range, in: place.text, from: start))
    }
  } catch {
    return [.badReference(error, at: model.place(of: error.range, in: place.text))]
  }
}

/// `bytes`: the place's text, which may have very many pieces.
private func problem(
  of piece: ReferenceSyntax.Placed, of place: Place, _ bytes: [UInt8], at span: Span
) -> Diagnostic? {
  let said = String(decoding: bytes[piece.range], as: UTF8.self)
  switch piece.piece {
  case .literal: return nil
  case .environment, .file:
    if place.takesReferences { return nil }
    return place.isArgument
      ? .referenceInArguments(said, at: span) : .referenceOutOfPlace(said, in: place.key, at: span)
  case .project, .home:
    guard place.takesDirectories else { return .referenceOutOfPlace(said, in: place.key, at: span) }
    return piece.range.lowerBound == 0 && endsSegment(piece, in: bytes)
      ? nil : .directoryNotAtBeginning(said, at: span)
  }
}

/// `${project}x` would be a sibling of the project, which nobody means.
private func endsSegment(_ piece: ReferenceSyntax.Placed, in text: [UInt8]) -> Bool {
  text.dropFirst(piece.range.upperBound).first.map { $0 == UInt8(ascii: "/") } ?? true
}

extension Diagnostic {
  fileprivate static func badReference(_ failure: ReferenceSyntax.Failure, at span: Span) -> Diagnostic {
    let message =
      switch failure.kind {
      case .unclosed: "the reference has no closing `}`; write `$${` for a literal `${`"
      case .unknownKind(let word):
        "unknown reference `\(word)`\(didYouMean(closest(to: word, among: ["env", "file", "project", "home"])))"
      case .badName(let name):
        "`\(name)` is not the name of a variable; write `${env:NAME}` or `${env:NAME:-default}`"
      case .noPath: "the reference names no file; write `${file:PATH}`"
      }
    return Diagnostic(
      "L3004", message, at: span,
      help: "references are `${env:NAME}`, `${env:NAME:-default}`, `${file:PATH}`, `${project}` and `${home}`")
  }

  fileprivate static func referenceOutOfPlace(_ said: String, in key: String, at span: Span) -> Diagnostic {
    Diagnostic("L3003", "`\(said)` cannot stand in `\(key)`; references stand in `env` and `headers`", at: span)
  }

  fileprivate static func referenceInArguments(_ said: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "L3010", "`\(said)` in `args` shows its value in the list of processes; pass it in `env`", at: span,
      help: "if the server reads it nowhere else, set `secret_in_args: true` on the upstream")
  }

  fileprivate static func directoryNotAtBeginning(_ said: String, at span: Span) -> Diagnostic {
    Diagnostic("L3005", "`\(said)` stands at the beginning of a path only, with nothing or `/` after it", at: span)
  }
}

import LatchPolicy
import LatchSource

extension Check {
  /// What becomes a variable, a header or an argument can become one.
  static let bindingsAreClean = Check(
    "L3009", "L3011", summary: "variables, headers and arguments hold what they can hold"
  ) { model in
    model.wholeUpstreams.flatMap { upstream in
      unsendable(in: upstream) + headersTwice(upstream.headers) + programs(in: upstream)
    }
  }
}

private func unsendable(in upstream: UpstreamDeclaration) -> [Diagnostic] {
  let texts = [upstream.command, upstream.directory].compactMap(\.self) + upstream.arguments
  let found = texts.filter { $0.value.utf8.contains(0) }.map { Diagnostic.unsendable("a NUL character", at: $0.span) }
  let variables = upstream.environment.filter { text(of: $0).utf8.contains(0) }.map {
    Diagnostic.unsendable("a NUL character", at: $0.value.span)
  }
  let headers = upstream.headers.filter { text(of: $0).utf8.contains { $0 < 0x20 && $0 != 0x09 || $0 == 0x7F } }.map {
    Diagnostic.unsendable("a line break or control character", at: $0.value.span)
  }
  return found + variables + headers
}

private func text(of binding: BindingDeclaration) -> String {
  switch binding.value.value {
  case .text(let text): text
  case .output(let words): words.joined(separator: " ")
  }
}

/// Header names are the same in any case.
private func headersTwice(_ headers: [BindingDeclaration]) -> [Diagnostic] {
  var first: [String: Span] = [:]
  return headers.compactMap { header -> Diagnostic? in
    let name = header.name.value.lowercased()
    guard let other = first[name] else {
      first[name] = header.name.span
      return nil
    }
    return Diagnostic(
      "L3009", "the header `\(header.name.value)` stands here twice; letters' case makes no difference",
      at: header.name.span, notes: [Note("the other one", at: other)])
  }
}

private func programs(in upstream: UpstreamDeclaration) -> [Diagnostic] {
  (upstream.environment + upstream.headers).compactMap { binding in
    guard case .output(let words) = binding.value.value, let program = words.first, !program.hasPrefix("/") else {
      return nil
    }
    return Diagnostic(
      "L3011", "`\(program)` is not an absolute path; the proxy looks programs up nowhere", at: binding.value.span)
  }
}

extension Diagnostic {
  fileprivate static func unsendable(_ what: String, at span: Span) -> Diagnostic {
    Diagnostic("L3009", "the value holds \(what), which cannot be passed on", at: span)
  }
}

import LatchSource

extension Check {
  /// An upstream is a program or an address, and its other keys fit that.
  static let upstreamsHaveOneTransport = Check(
    "L3001", "L3002", summary: "every upstream has either a command or a url, and only keys that go with it"
  ) { model in
    model.wholeUpstreams.flatMap { upstream -> [Diagnostic] in
      switch (upstream.command, upstream.url) {
      case (nil, nil): [.noTransport(upstream.name)]
      case (_?, let url?): [.twoTransports(upstream.name, url)]
      case (_?, nil): strangers(in: upstream, among: ["headers", "insecure"], transport: ["stdio"], "a `command`")
      case (nil, _?):
        strangers(
          in: upstream, among: ["args", "cwd", "env", "inherit_env", "secret_in_args"], transport: ["http", "sse"],
          "a `url`")
      }
    }
  }
}

private func strangers(
  in upstream: UpstreamDeclaration, among keys: Set<String>, transport: Set<String>, _ what: String
) -> [Diagnostic] {
  let misplaced = upstream.keys.filter { keys.contains($0.value) }.map { key in
    Diagnostic(
      "L3002", "`\(key.value)` does not go with \(what) in upstream `\(upstream.name.value)`; leave it out",
      at: key.span)
  }
  guard let declared = upstream.transport, !transport.contains(declared.value) else { return misplaced }
  return misplaced + [
    Diagnostic(
      "L3002",
      "transport `\(declared.value)` does not go with \(what) in upstream `\(upstream.name.value)`; leave it out",
      at: declared.span)
  ]
}

extension Diagnostic {
  fileprivate static func noTransport(_ name: Spanned<String>) -> Diagnostic {
    Diagnostic("L3001", "upstream `\(name.value)` has neither a `command` nor a `url`; add one of them", at: name.span)
  }

  fileprivate static func twoTransports(_ name: Spanned<String>, _ url: Spanned<String>) -> Diagnostic {
    Diagnostic(
      "L3001", "upstream `\(name.value)` has both a `command` and a `url`; keep one of them", at: name.span,
      notes: [Note("the `url`", at: url.span)])
  }
}

import LatchSource

/// Keys of the language that this version does not act on, refused by name wherever they stand.
func comesLater(in root: Node) -> [Diagnostic] {
  let upstreams = (root["upstreams"]?.members ?? []).map(\.value)
  let tools = upstreams.flatMap { ($0["tools"]?.members ?? []).map(\.value) }
  return refused(["accept"], in: tools)
    + refused(["always", "never"], in: root["tests"]?.elements ?? [])
}

private func refused(_ keys: [String], in nodes: [Node]) -> [Diagnostic] {
  nodes.flatMap(\.members).map(\.key).filter { keys.contains($0.value) }.map { key in
    .comesLater("`\(key.value)`", instead: "leave it out until then", at: key.span)
  }
}

extension Diagnostic {
  /// What the language has and this version of Latch does not act on: refused, since to ignore it would be to let through.
  static func comesLater(_ what: String, instead: String, at span: Span) -> Diagnostic {
    Diagnostic("L1010", "\(what) comes in a later version of Latch; \(instead)", at: span)
  }
}

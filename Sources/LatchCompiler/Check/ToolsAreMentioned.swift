import LatchSource

extension Check {
  /// Under `defaults.require_explicit`, nothing is left to the defaults unseen.
  static let toolsAreMentioned = Check(
    "L3112", summary: "under `require_explicit`, a rule speaks of every tool"
  ) { model in
    guard model.settings.defaults.requireExplicit, !model.unread.contains(.definitions) else { return [] }
    return model.upstreams.enumerated().filter { $1.isEnabled && $1.isLocked }.compactMap { index, upstream in
      let silent = upstream.tools.enumerated().filter { number, tool in
        !tool.isReserved && !tool.isHidden && !model.speaking(of: index, number).contains(where: \.isActive)
      }.map(\.element)
      guard !silent.isEmpty else { return nil }
      return Diagnostic(
        "L3112", .warning,
        "no rule speaks of \(alternatives(silent.map(\.name), "and")) of upstream `\(upstream.name)`; only the defaults decide",
        at: upstream.declaration.name.span)
    }
  }
}

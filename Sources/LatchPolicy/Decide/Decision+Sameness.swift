extension Decision {
  /// Whether the same is said of both, byte for byte; in doubt not.
  package func isWritten(as other: Decision) -> Bool {
    effect == other.effect && decidedBy == other.decidedBy && actionClass == other.actionClass && also.isEmpty
      && other.also.isEmpty && isSame(rule, other.rule) && cause.isWritten(as: other.cause)
  }
}

extension Reason {
  fileprivate func isWritten(as other: Reason) -> Bool {
    switch (self, other) {
    case (.ofRule(let rule, let effect, let isGuardrail), .ofRule(let rule2, let effect2, let isGuardrail2)):
      rule === rule2 && effect == effect2 && isGuardrail == isGuardrail2
    case (
      .byDefault(let effect, let tool, let kind, let spoke), .byDefault(let effect2, let tool2, let kind2, let spoke2)
    ):
      effect == effect2 && isSame(tool, tool2) && kind == kind2 && spoke === spoke2
    default: false
    }
  }
}

private func isSame(_ left: String?, _ right: String?) -> Bool {
  guard let left, let right else { return left == nil && right == nil }
  return left.utf8.elementsEqual(right.utf8)
}

import LatchPolicy
import LatchSource

extension Check {
  /// `else: fallthrough` says what happens where a condition of an allow does not hold.
  static let fallthroughHasACondition = Check(
    "L3110", summary: "`else: fallthrough` stands on an allow with a condition"
  ) { model in
    model.rules.compactMap { rule in
      guard rule.declaration.isWhole, let otherwise = rule.declaration.fallsThrough,
        !rule.isConditional || rule.effect != .allow
      else { return nil }
      return Diagnostic(
        "L3110", .warning, "`else: fallthrough` does nothing here: it is for an `allow` with `when` or `unless`",
        at: otherwise.span)
    }
  }
}

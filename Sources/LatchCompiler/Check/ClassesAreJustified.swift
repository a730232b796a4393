import LatchPolicy
import LatchSource

extension Check {
  /// Who says that a tool wants less care than its name and annotations suggest says why.
  static let classesAreJustified = Check(
    "L3201", summary: "a class laxer than the inferred one is given with a reason"
  ) { model in
    model.upstreams.filter(\.isLocked).flatMap { upstream in
      upstream.declaration.tools.compactMap { declaration in
        guard let given = declaration.actionClass, declaration.because == nil,
          let tool = upstream[tool: declaration.name.value], given.value < tool.inferredClass
        else { return nil }
        return Diagnostic(
          "L3201", .warning,
          "`\(given.value.rawValue)` is laxer than `\(tool.inferredClass.rawValue)`, which `latch sync` inferred; say why "
            + "with `because:`", at: given.span)
      }
    }
  }
}

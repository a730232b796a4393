import LatchSource

extension Check {
  /// A test that lacks its call or what must come of it tests nothing, and looks as if it did.
  static let testsAreComplete = Check(
    "L3302", summary: "every test has a call and says what must come of it"
  ) { model in
    model.tests.filter { $0.isWhole && !$0.isQuery }.flatMap { test in
      let call = test.upstream == nil ? [Diagnostic.noCall(test.name)] : []
      let saysNothing = test.effect == nil && test.rule == nil && test.decidedBy == nil
      return call + (saysNothing ? [.noExpectation(test.name)] : [])
    }
  }
}

extension Diagnostic {
  fileprivate static func noCall(_ name: Spanned<String>) -> Diagnostic {
    Diagnostic(
      "L3302", "test `\(name.value)` has no `call`; write `call: { upstream: …, tool: …, arguments: { … } }`",
      at: name.span)
  }

  fileprivate static func noExpectation(_ name: Spanned<String>) -> Diagnostic {
    Diagnostic(
      "L3302",
      "test `\(name.value)` has no `expect`; write the `effect`, the `rule` or `decided_by` that must come out",
      at: name.span)
  }
}

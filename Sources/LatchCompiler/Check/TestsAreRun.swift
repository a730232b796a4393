import LatchSource

extension Check {
  /// A test that nothing runs must not look like one that passes.
  static let testsAreRun = Check("L3301", summary: "tests are run") { model in
    guard let first = model.tests.first else { return [] }
    return [
      Diagnostic(
        "L3301", .warning, "tests are not run yet: `latch test` comes in a later version; their names were checked",
        at: first.name.span)
    ]
  }
}

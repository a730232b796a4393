import LatchSource

extension Check {
  /// Who reads the policy takes what it denies for denied.
  static let callsAreStopped = Check("L3501", summary: "no proxy may be told to let pass what is denied") { model in
    guard let observe = model.settings.defaults.observe, observe.value else { return [] }
    return [
      Diagnostic(
        "L3501", .warning,
        "`observe` permits `latch-proxy --mode observe`, under which calls are not stopped; take it out once the rules "
          + "are as you want them", at: observe.span)
    ]
  }
}

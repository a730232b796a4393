import LatchJSON

extension CallLimit {
  var form: JSONValue {
    .object([
      "calls": .integer(calls), "window": .integer(window), "over": .string(over.rawValue),
      "scope": .string(scope.rawValue),
    ])
  }

  init(_ value: LineValue) throws(BundleError) {
    let fields = try value.fields(["calls", "window", "over", "scope"])
    self.init(
      calls: try fields.required("calls").integer(in: 1...Int(Int32.max)),
      window: try fields.required("window").integer(in: 1...Self.greatestWindow),
      over: try fields.required("over").choice(), scope: try fields.required("scope").choice())
    guard over != .allow else { throw value.failure("what is over a limit is not allowed") }
  }

  /// Ten years: a whole number of milliseconds that every reader of JSON keeps.
  package static let greatestWindow = 315_360_000_000
}

extension ApprovalTerms {
  var form: JSONValue {
    .object([
      "by": .strings(ways.map(\.rawValue)), "timeout": .integer(timeout), "lease": lease.map { .integer($0) },
    ])
  }

  init(_ value: LineValue) throws(BundleError) {
    let fields = try value.fields(["by", "timeout", "lease"])
    let times = 1...CallLimit.greatestWindow
    self.init(
      ways: try fields.list("by") { (way) throws(BundleError) in try way.choice() },
      timeout: try fields.required("timeout").integer(in: times))
    if let lease = fields["lease"] { self.lease = try lease.integer(in: times) }
  }
}

extension AuditTerms {
  var form: JSONValue {
    .object(["arguments": .string(arguments.rawValue), "durability": .string(durability.rawValue)])
  }

  init(_ value: LineValue) throws(BundleError) {
    let fields = try value.fields(["arguments", "durability"])
    self.init(
      arguments: try fields.required("arguments").choice(), durability: try fields.required("durability").choice())
  }
}

import LatchJSON

extension Bundle {
  /// The line of the kind `rules`.
  var rulesForm: JSONValue { .object(["kind": .string("rules"), "rules": .array(rules.map(\.form))]) }

  static func rules(_ line: LineValue) throws(BundleError) -> [RuleText] {
    try line.fields(["kind", "rules"]).list("rules", RuleText.init)
  }
}

extension RuleText {
  fileprivate var form: JSONValue {
    .object([
      "id": .string(id), "guardrail": .bool(isGuardrail), "description": description.map(JSONValue.string),
      "reason": reason.map(JSONValue.string),
    ])
  }

  fileprivate init(_ value: LineValue) throws(BundleError) {
    let fields = try value.fields(["id", "guardrail", "description", "reason"])
    self.init(
      id: try fields.string("id"), isGuardrail: try fields.boolean("guardrail"),
      description: try fields.optionalString("description"), reason: try fields.optionalString("reason"))
  }
}

extension Provenance {
  var form: JSONValue {
    .object([
      "kind": .string("provenance"),
      "sources": .array(sources.map { .object(["path": .string($0.path), "sha256": .string($0.sha256)]) }),
      "lock": lock.map(JSONValue.string), "compiler": .string(compiler),
      "places": .array(places.map(\.form)),
    ])
  }

  init(_ line: LineValue) throws(BundleError) {
    let fields = try line.fields(["kind", "sources", "lock", "compiler", "places"])
    self.init(
      sources: try fields.list("sources") { (value) throws(BundleError) in
        let file = try value.fields(["path", "sha256"])
        return File(path: try file.string("path"), sha256: try file.string("sha256"))
      },
      lock: try fields.optionalString("lock"), compiler: try fields.string("compiler"),
      places: try fields.list("places", Place.init))
  }
}

extension Provenance.Place {
  fileprivate var form: JSONValue {
    .object([
      "rule": .string(rule), "place": .string(place), "matchers": matchers.isEmpty ? nil : .strings(matchers),
    ])
  }

  fileprivate init(_ value: LineValue) throws(BundleError) {
    let fields = try value.fields(["rule", "place", "matchers"])
    self.init(
      rule: try fields.string("rule"), place: try fields.string("place"),
      matchers: try fields["matchers"]?.strings() ?? [])
  }
}

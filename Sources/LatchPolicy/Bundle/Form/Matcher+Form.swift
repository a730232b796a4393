import LatchJSON

extension Matcher {
  /// The members that say what is asked; the name stands beside them.
  var form: JSONValue {
    switch self {
    case .equals(let values):
      .object(["values": .array(values.map { .string(String(decoding: $0.exactText, as: UTF8.self)) })])
    case .text(_, let automaton, let base, let isFolded):
      .object([
        "automaton": .string(automaton), "base": .string(base.rawValue), "folded": isFolded ? .bool(true) : nil,
      ])
    case .port(let ports): .object(["ports": .array(ports.map { .integer($0) })])
    case .addresses(let ranges): .object(["ranges": .strings(ranges)])
    case .bound(_, let lexeme): .object(["value": .string(lexeme)])
    case .length(let least, let most):
      .object(["min": least.map { .integer($0) }, "max": most.map { .integer($0) }])
    case .type(let types): .object(["types": .strings(types.map(\.rawValue))])
    case .present(let isPresent): .object(["value": .bool(isPresent)])
    case .object: .object([])
    case .elements(_, let condition): .object(["condition": condition.form])
    }
  }

  init(_ value: LineValue, named name: String) throws(BundleError) {
    func fields(_ known: String...) throws(BundleError) -> Fields {
      try value.fields(["path", "matcher", "tolerated"] + known)
    }
    switch name {
    case "equals": self = .equals(try fields("values").list("values", Self.exactValue))
    case "port":
      self = .port(
        try fields("ports").list("ports") { (port) throws(BundleError) in
          try port.integer(in: 0...65_535)
        })
    case "ip_in": self = .addresses(try fields("ranges").required("ranges").strings())
    case "length": self = try Self.length(try fields("min", "max"))
    case "type": self = .type(try JSONType.list(try fields("types").required("types")))
    case "present": self = .present(try fields("value").boolean("value"))
    case "fields":
      _ = try fields()
      self = .object
    default: self = try Self.other(name, value)
    }
  }

  private static func other(_ name: String, _ value: LineValue) throws(BundleError) -> Matcher {
    let common = ["path", "matcher", "tolerated"]
    if let kind = TextMatcher(rawValue: name) {
      let fields = try value.fields(common + ["automaton", "base", "folded"])
      return .text(
        kind, automaton: try fields.string("automaton"), base: try fields.required("base").choice(),
        isFolded: try fields["folded"].map { (folded) throws(BundleError) in try folded.boolean() } ?? false)
    }
    if let bound = Bound(rawValue: name) {
      return .bound(bound, try value.fields(common + ["value"]).string("value"))
    }
    guard let quantifier = Quantifier(rawValue: name) else { throw value.failure("the matcher `\(name)` is not known") }
    return .elements(quantifier, try Condition(try value.fields(common + ["condition"]).required("condition")))
  }

  private static func length(_ fields: Fields) throws(BundleError) -> Matcher {
    let lengths = 0...Int(Int32.max)
    func bound(_ name: String) throws(BundleError) -> Int? {
      guard let value = fields[name] else { return nil }
      return try value.integer(in: lengths)
    }
    return .length(min: try bound("min"), max: try bound("max"))
  }

  private static func exactValue(_ value: LineValue) throws(BundleError) -> JSONValue {
    do {
      return try JSONValue(parsing: Array(try value.text()))
    } catch let error as JSONError {
      throw value.failure("a value is not JSON: \(error.message)")
    } catch let error as BundleError {
      throw error
    } catch {
      throw value.failure("a value is not JSON")
    }
  }
}

extension JSONValue {
  /// JSON text that keeps each number's lexeme: rounded to a double, a number could equal another than was meant.
  fileprivate var exactText: [UInt8] {
    switch self {
    case .null: Array("null".utf8)
    case .bool(let truth): Array(String(truth).utf8)
    case .number(let lexeme): Array(lexeme.utf8)
    case .string(let text): Self.quoted(text)
    case .array(let elements):
      [0x5B] + elements.map(\.exactText).joined(separator: [0x2C]) + [0x5D]
    case .object(let members):
      [0x7B] + members.map { Self.quoted($0.name) + [0x3A] + $0.value.exactText }.joined(separator: [0x2C]) + [0x7D]
    }
  }

  private static func quoted(_ text: String) -> [UInt8] {
    do { return try JSONValue.string(text).canonicalBytes() } catch {
      preconditionFailure("a string has a canonical form")
    }
  }
}

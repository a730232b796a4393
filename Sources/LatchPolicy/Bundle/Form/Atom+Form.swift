import LatchJSON

extension Atom {
  var form: JSONValue {
    switch matcher {
    case .equals(let values):
      .object([
        "path": path.form, "matcher": .string("equals"),
        "values": .array(values.map { .string(String(decoding: $0.exactText, as: UTF8.self)) }),
      ])
    case .string(let automaton, let name):
      .object(["path": path.form, "matcher": .string(name.rawValue), "automaton": .string(automaton)])
    }
  }

  init(_ value: LineValue) throws(BundleError) {
    let path = try ArgumentPath(try value.fields(["path", "matcher", "values", "automaton"]).required("path"))
    let matcher = try Fields(object: value).required("matcher")
    if try matcher.string() == "equals" {
      let fields = try value.fields(["path", "matcher", "values"])
      self.init(path: path, matcher: .equals(try fields.list("values", Self.exactValue)))
    } else {
      let fields = try value.fields(["path", "matcher", "automaton"])
      let automaton = try fields.string("automaton")
      self.init(path: path, matcher: .string(automaton: automaton, named: try matcher.choice()))
    }
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

extension ArgumentPath {
  /// Names as strings, indices as numbers.
  fileprivate var form: JSONValue {
    .array(
      steps.map { step in
        switch step {
        case .name(let name): .string(name)
        case .index(let index): .integer(index)
        }
      })
  }

  fileprivate init(_ value: LineValue) throws(BundleError) {
    self.init(
      try value.elements().map { (step) throws(BundleError) in
        step.document.kind(step.index) == .string
          ? .name(try step.string()) : .index(try step.integer(in: 0...Int(Int32.max)))
      })
    guard !steps.isEmpty else { throw value.failure("a path has a step") }
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

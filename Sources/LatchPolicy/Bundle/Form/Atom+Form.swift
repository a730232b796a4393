import LatchJSON

extension Atom {
  var form: JSONValue {
    let common: [JSONValue.Member] = [
      JSONValue.Member("path", path.form), JSONValue.Member("matcher", .string(matcher.name)),
    ]
    let types = tolerated.isEmpty ? [] : [JSONValue.Member("tolerated", .strings(tolerated.map(\.rawValue)))]
    return .object(common + types + (matcher.form.object ?? []))
  }

  init(_ value: LineValue) throws(BundleError) {
    guard value.document.kind(value.index) == .object else { throw value.failure("an object is missing") }
    let fields = Fields(object: value)
    self.init(
      path: try ArgumentPath(try fields.required("path")),
      matcher: try Matcher(value, named: try fields.string("matcher")),
      tolerated: try fields["tolerated"].map { (list) throws(BundleError) in try JSONType.list(list) } ?? [])
  }
}

extension JSONType {
  static func list(_ value: LineValue) throws(BundleError) -> [JSONType] {
    try value.elements().map { (type) throws(BundleError) in try type.choice() }
  }
}

extension ArgumentPath {
  /// Names as strings, indices as numbers; `**` as itself.
  fileprivate var form: JSONValue {
    if isAnywhere { return .string("**") }
    return .array(
      steps.map { step in
        switch step {
        case .name(let name): .string(name)
        case .index(let index): .integer(index)
        }
      })
  }

  fileprivate init(_ value: LineValue) throws(BundleError) {
    if value.document.kind(value.index) == .string {
      guard try value.string().utf8.elementsEqual("**".utf8) else { throw value.failure("a path is a list") }
      self = .anywhere
      return
    }
    self.init(
      try value.elements().map { (step) throws(BundleError) in
        step.document.kind(step.index) == .string
          ? .name(try step.string()) : .index(try step.integer(in: 0...Int(Int32.max)))
      })
  }
}

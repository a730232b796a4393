import LatchJSON
import LatchPolicy

/// What a tool's locked `inputSchema` says of the values at a place.
///
/// It reads what bounds values plainly and passes over the rest (`not`, `if`, patterns, references to elsewhere), so
/// that it takes too many values for possible rather than too few, and no check built on it blames an author wrongly.
struct SchemaReading {
  let root: JSONValue
  /// Whether a call may have arguments that the schema does not name, if it does not refuse them itself.
  let permitsMore: Bool
  /// The arguments that a call may have, by the same reading of the schema as the proxy's; nil where names decide
  /// nothing.
  let names: ArgumentNames?
  /// Before draft 2019-09 nothing that stands beside a reference counts.
  private let isOld: Bool

  init(root: JSONValue, permitsMore: Bool = false) {
    self.root = root
    self.permitsMore = permitsMore
    names = permitsMore ? nil : ArgumentNames(of: root)
    isOld = root["$schema"]?.string.map { $0.utf8.count > 0 && $0.contains("/draft-0") } ?? false
  }

  /// The schema of whatever value.
  static let anything = JSONValue.bool(true)

  func values(of schema: JSONValue) -> PossibleValues {
    var budget = Budget()
    let values = values(of: schema, &budget)
    // What no value satisfies was read wrongly, or is no help.
    return values.types.isEmpty && !Self.isFalse(schema) ? .all : values
  }

  /// Bounds the work on schemas that refer to themselves.
  struct Budget {
    var schemas = 1000
    var depth = 0
    static let greatestDepth = 24

    /// Goes one deeper, if that is still allowed.
    mutating func descend<Result>(_ otherwise: Result, _ body: (inout Budget) -> Result) -> Result {
      schemas -= 1
      guard schemas > 0, depth < Self.greatestDepth else { return otherwise }
      depth += 1
      defer { depth -= 1 }
      return body(&self)
    }
  }

  func values(of schema: JSONValue, _ budget: inout Budget) -> PossibleValues {
    if Self.isFalse(schema) { return .none }
    guard case .object = schema else { return .all }
    return budget.descend(.all) { budget in
      var values = ownValues(of: schema)
      for part in joined(by: schema) { values = values.intersection(self.values(of: part, &budget)) }
      for branches in choices(of: schema) {
        var either = PossibleValues.none
        for branch in branches { either = either.union(self.values(of: branch, &budget)) }
        values = values.intersection(either)
      }
      return values
    }
  }

  static func isFalse(_ schema: JSONValue) -> Bool { schema.bool == false }
}

extension SchemaReading {
  /// The schemas that hold beside this one: what it refers to, and `allOf`.
  func joined(by schema: JSONValue) -> [JSONValue] {
    guard let reference = schema["$ref"]?.string else { return schema["allOf"]?.array ?? [] }
    return [target(of: reference) ?? Self.anything] + (isOld ? [] : schema["allOf"]?.array ?? [])
  }

  /// Lists of schemas, of each of which one holds.
  func choices(of schema: JSONValue) -> [[JSONValue]] {
    guard !isOverruled(schema) else { return [] }
    return ["anyOf", "oneOf"].compactMap { schema[$0]?.array }.filter { !$0.isEmpty }
  }

  /// Whether a reference beside them makes its other keywords void.
  func isOverruled(_ schema: JSONValue) -> Bool { isOld && schema["$ref"] != nil }

  /// What a reference within the document leads to.
  private func target(of reference: String) -> JSONValue? {
    guard reference.utf8.first == UInt8(ascii: "#"), !reference.utf8.contains(UInt8(ascii: "%")) else { return nil }
    let pointer = String(reference.dropFirst())
    guard pointer.isEmpty || pointer.utf8.first == UInt8(ascii: "/") else { return nil }
    return pointerTokens(pointer).reduce(Optional(root)) { value, token in
      guard case .array(let elements)? = value else { return value?[token] }
      return Int(token).flatMap { elements.indices.contains($0) ? elements[$0] : nil }
    }
  }

  private func ownValues(of schema: JSONValue) -> PossibleValues {
    guard !isOverruled(schema) else { return .all }
    var values = typed(by: schema)
    values.numbers = values.numbers.intersection(NumberRange(of: schema))
    values.counts = [
      .string: CountRange(of: schema, "minLength", "maxLength"),
      .array: CountRange(of: schema, "minItems", "maxItems"),
      .object: CountRange(of: schema, "minProperties", "maxProperties"),
    ]
    if let format = schema["format"]?.string { values.formats = [format] }
    if let listed = schema["enum"]?.array { values = values.intersection(PossibleValues(listed)) }
    if let only = schema["const"] { values = values.intersection(PossibleValues([only])) }
    return values
  }

  private func typed(by schema: JSONValue) -> PossibleValues {
    let names = schema["type"].map { $0.array ?? [$0] } ?? []
    let types = names.compactMap { $0.string.flatMap { JSONType(rawValue: $0) } }
    guard !types.isEmpty, types.count == names.count else { return .all }
    var values = PossibleValues(types: ValueTypes(types))
    values.numbers.isWhole = types.contains(.integer) && !types.contains(.number)
    if schema["nullable"]?.bool == true { values.types.insert(.null) }
    return values
  }
}

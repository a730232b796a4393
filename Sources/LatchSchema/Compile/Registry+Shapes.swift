import LatchJSON

/// Checks that the keywords of a schema have values of the kind that their draft's metaschema wants.
extension Registry {
  /// Checks one schema, not those below it.
  func checkShapes(_ location: Location, dialect: Dialect) throws(SchemaError) {
    let tree = tree(location)
    switch tree.kind(location.node) {
    case .true, .false: return
    case .object: break
    default: throw error("a schema is an object, `true` or `false`", at: location)
    }
    // Beside `$ref` the old drafts look at nothing.
    if dialect.draft <= .draft7, let ref = tree.member("$ref", of: location.node) {
      guard tree.kind(ref) == .string else { throw wrong(.ref, "a string", ref, location) }
      return
    }
    for name in tree.children(of: location.node) {
      guard let (keyword, shape) = Keyword.named(tree.content(name), in: dialect) else { continue }
      try check(keyword, shape, value: name + 1, location)
    }
  }

  private func check(
    _ keyword: Keyword, _ shape: KeywordShape, value: Int, _ location: Location
  ) throws(SchemaError) {
    let tree = tree(location)
    let kind = tree.kind(value)
    let isBoolean = kind == .true || kind == .false
    let isSchema = isBoolean || kind == .object
    switch shape {
    case .anything: return
    case .string where kind == .string: return
    case .boolean where isBoolean, .flag where isBoolean: return
    case .array where kind == .array: return
    case .number where kind == .number: return
    case .positiveNumber where kind == .number && tree.decimal(value).isPositive: return
    case .count where kind == .number && tree.decimal(value).isCount: return
    case .schema where isSchema: return
    case .strings where tree.isArray(value, of: { tree.kind($0) == .string }): return
    case .types where tree.isType(value) || tree.isArray(value, of: { tree.isType($0) }): return
    case .schemas where tree.nodes[value].count > 0 && tree.isArray(value, of: tree.isSchema): return
    case .schemaOrSchemas where isSchema || tree.isArray(value, of: tree.isSchema): return
    case .schemaMap where tree.isObject(value, of: tree.isSchema): return
    case .patternMap where tree.isObject(value, of: tree.isSchema): return
    case .stringsMap where tree.isObject(value, of: tree.isStrings): return
    case .dependencies where tree.isObject(value, of: { tree.isSchema($0) || tree.isStrings($0) }): return
    case .vocabulary where kind == .object: return
    default: throw wrong(keyword, shape.wanted, value, location)
    }
  }

  private func wrong(_ keyword: Keyword, _ wanted: String, _ value: Int, _ location: Location) -> SchemaError {
    let place = Location(document: location.document, node: value)
    if keyword == .items, tree(location).kind(value) == .array {
      return error("`items` must be a schema here; a list of schemas is called `prefixItems` since 2020-12", at: place)
    }
    return error("`\(keyword.rawValue)` must be \(wanted)", at: place)
  }
}

extension KeywordShape {
  /// What a value of this shape is, in a sentence.
  fileprivate var wanted: String {
    switch self {
    case .anything: "a value"
    case .string: "a string"
    case .boolean, .flag: "`true` or `false`"
    case .number: "a number"
    case .positiveNumber: "a number above 0"
    case .count: "a whole number, 0 or more"
    case .array: "a list"
    case .strings: "a list of strings"
    case .types:
      "`null`, `boolean`, `integer`, `number`, `string`, `array` or `object`, or a list of these"
    case .schema: "a schema: an object, `true` or `false`"
    case .schemas: "a list of at least one schema"
    case .schemaOrSchemas: "a schema or a list of schemas"
    case .schemaMap, .patternMap: "an object whose values are schemas"
    case .dependencies: "an object whose values are schemas or lists of strings"
    case .stringsMap: "an object whose values are lists of strings"
    case .vocabulary: "an object"
    }
  }
}

extension JSONDocument {
  fileprivate func isArray(_ node: Int, of holds: (Int) -> Bool) -> Bool {
    kind(node) == .array && children(of: node).allSatisfy(holds)
  }

  fileprivate func isObject(_ node: Int, of holds: (Int) -> Bool) -> Bool {
    kind(node) == .object && children(of: node).allSatisfy { holds($0 + 1) }
  }

  fileprivate func isSchema(_ node: Int) -> Bool {
    kind(node) == .object || kind(node) == .true || kind(node) == .false
  }

  fileprivate func isStrings(_ node: Int) -> Bool { isArray(node) { kind($0) == .string } }

  fileprivate func isType(_ node: Int) -> Bool { kind(node) == .string && KindSet(named: content(node)) != nil }

  /// The number at `node`, exactly.
  func decimal(_ node: Int) -> Decimal {
    storage.lend { Decimal($0, Int(nodes[node].contentStart), Int(nodes[node].contentEnd)) }
  }
}

extension KindSet {
  /// The kinds that `type` calls `name`.
  init?(named name: ArraySlice<UInt8>) {
    switch String(decoding: name.prefix(8), as: UTF8.self) {
    case "null": self = .null
    case "boolean": self = .boolean
    case "integer": self = [.number, .integersOnly]
    case "number": self = .number
    case "string": self = .string
    case "array": self = .array
    case "object": self = .object
    default: return nil
    }
  }
}

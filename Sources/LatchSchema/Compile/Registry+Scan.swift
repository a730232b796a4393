import LatchJSON

/// Finds the identifiers and anchors of a document, in the places where a schema can stand and nowhere else.
extension Registry {
  mutating func indexDocument(_ document: Int) throws(SchemaError) {
    let root = Location(document: document, node: JSONDocument.root)
    let base = URIReference(documents[document].uri.utf8)
    let dialect = try dialect(of: root, inherited: Dialect(draft: options.dialect))
    var uri = base
    if let identifier = identifier(of: root, dialect: dialect, isRoot: true), !identifier.isFragmentOnly {
      uri = identifier.resolved(against: base)
    }
    uri.fragment = nil
    let resource = try open(Resource(uri: uri, root: root, dialect: dialect))
    if uri != base { alias(resource, to: base.address) }
    try scan(root, resource: resource)
  }

  private mutating func scan(_ location: Location, resource enclosing: Int) throws(SchemaError) {
    depth += 1
    defer { depth -= 1 }
    guard depth <= options.limits.depth else {
      throw error("the schema nests deeper than \(options.limits.depth) levels", at: location)
    }
    let tree = tree(location)
    guard tree.kind(location.node) == .object else { return }
    var resource = enclosing
    if tree.mayBeIdentified(location.node) {
      resource = try enter(location, enclosing: enclosing)
      try scanAnchors(location, resource: resource, dialect: resources[resource].dialect)
    }
    let dialect = resources[resource].dialect
    for name in tree.children(of: location.node) {
      guard let (_, shape) = Keyword.named(tree.content(name), in: dialect) else { continue }
      for schema in tree.schemas(under: name + 1, shape: shape) {
        try scan(Location(document: location.document, node: schema), resource: resource)
      }
    }
  }

  /// The resource that the schema at `location` belongs to: a new one if it has an identifier.
  private mutating func enter(_ location: Location, enclosing: Int) throws(SchemaError) -> Int {
    if resources[enclosing].root == location { return enclosing }
    let outer = resources[enclosing]
    let inner = try dialect(of: location, inherited: outer.dialect)
    guard let identifier = identifier(of: location, dialect: inner, isRoot: false), !identifier.isFragmentOnly else {
      return enclosing
    }
    var uri = identifier.resolved(against: outer.uri)
    uri.fragment = nil
    return try open(Resource(uri: uri, root: location, dialect: inner))
  }

  private mutating func scanAnchors(
    _ location: Location, resource: Int, dialect: Dialect
  ) throws(SchemaError) {
    let tree = tree(location)
    if let anchor = string(.anchor, of: location, dialect: dialect) {
      try name(location.node, anchor: anchor, dynamic: false, in: resource)
    }
    if let anchor = string(.dynamicAnchor, of: location, dialect: dialect) {
      try name(location.node, anchor: anchor, dynamic: true, in: resource)
    }
    if dialect.draft == .draft201909, resources[resource].root == location,
      let flag = tree.member("$recursiveAnchor", of: location.node), tree.kind(flag) == .true
    {
      markRecursive(resource)
    }
    if dialect.draft <= .draft7,
      let fragment = identifier(of: location, dialect: dialect, isRoot: false)?.fragment, !fragment.isEmpty
    {
      try name(location.node, anchor: fragment[...], dynamic: false, in: resource)
    }
  }

  /// The `$id`, if it is one: beside a `$ref` the drafts up to 7 do not look at it (but at a document's root we do).
  private func identifier(of location: Location, dialect: Dialect, isRoot: Bool) -> URIReference? {
    let tree = tree(location)
    if dialect.draft <= .draft7, !isRoot, tree.member("$ref", of: location.node) != nil { return nil }
    let keyword: Keyword = dialect.draft == .draft4 ? .oldID : .id
    return string(keyword, of: location, dialect: dialect).map { URIReference($0) }
  }

  private func string(_ keyword: Keyword, of location: Location, dialect: Dialect) -> ArraySlice<UInt8>? {
    let tree = tree(location)
    guard keyword.shape(in: dialect) != nil, let value = tree.member(keyword.rawValue, of: location.node),
      tree.kind(value) == .string
    else { return nil }
    return tree.content(value)
  }
}

extension URIReference {
  /// Whether this only names a place in the document it stands in, as `#foo` does.
  var isFragmentOnly: Bool {
    scheme == nil && authority == nil && path.isEmpty && query == nil && fragment != nil
  }
}

extension JSONDocument {
  /// Whether a schema has members of the kind that give it a name: most have none.
  fileprivate func mayBeIdentified(_ node: Int) -> Bool {
    children(of: node).contains { content($0).first == UInt8(ascii: "$") || content($0).elementsEqual("id".utf8) }
  }

  /// The schemas that stand directly under a keyword's value of that shape; of a value of another shape none.
  func schemas(under value: Int, shape: KeywordShape) -> [Int] {
    switch (shape, kind(value)) {
    case (.schema, _): [value]
    case (.schemas, .array): Array(children(of: value))
    case (.schemaOrSchemas, .array): Array(children(of: value))
    case (.schemaOrSchemas, _): [value]
    case (.schemaMap, .object), (.patternMap, .object): children(of: value).map { $0 + 1 }
    case (.dependencies, .object): children(of: value).map { $0 + 1 }.filter { kind($0) != .array }
    default: []
    }
  }
}

import LatchJSON

/// Turns schemas into a program, each once: a list of work, no recursion, however they refer to one another.
struct Compiler: ~Copyable {
  var registry: Registry
  let options: SchemaOptions
  var program = Program()
  /// Where and why a schema may lead to others for the same value, to find loops.
  var inPlace: [[InPlaceEdge]] = []
  private var known: [Location: UInt32] = [:]
  private var resourceOf: [Int] = []
  private var compiled = 0
  /// Names of dynamic anchors in use, by number, and the schemas each may lead to.
  private var anchorNumbers: [[UInt8]: UInt32] = [:]
  private var anchorTargets: [[(resource: UInt32, schema: UInt32)]] = []
  var patternNumbers: [[UInt8]: UInt32] = [:]

  init(_ document: JSONDocument, options: SchemaOptions) throws(SchemaError) {
    self.options = options
    registry = try Registry(root: document, options: options)
  }

  /// A way from one schema to another for the same value.
  struct InPlaceEdge {
    var schema: UInt32
    var keyword: UInt32
  }

  consuming func compile() throws(SchemaError) -> Program {
    _ = schema(at: Location(document: 0, node: JSONDocument.root), resource: 0)
    repeat {
      while compiled < program.schemas.count {
        try compileSchema(UInt32(compiled))
        compiled += 1
      }
      findDynamicTargets()
    } while compiled < program.schemas.count
    try checkUnused(Location(document: 0, node: JSONDocument.root), resource: 0)
    try refuseLoops()
    layDynamicTargets()
    program.documents = registry.documents
    return program
  }

  /// The number of the schema at `location`, which is compiled when its turn comes.
  mutating func schema(at location: Location, resource: Int) -> UInt32 {
    if let number = known[location] { return number }
    let number = UInt32(program.schemas.count)
    known[location] = number
    program.schemas.append(
      SchemaNode(
        resource: UInt32(resource), document: UInt32(location.document), node: UInt32(location.node)))
    resourceOf.append(resource)
    inPlace.append([])
    return number
  }

  /// The same for a schema that stands directly under another's keyword.
  mutating func subschema(_ node: Int, of parent: SchemaSource) -> UInt32 {
    let location = Location(document: parent.location.document, node: node)
    return schema(at: location, resource: registry.resource(rootedAt: location) ?? parent.resource)
  }

  private mutating func compileSchema(_ number: UInt32) throws(SchemaError) {
    let node = program.schemas[Int(number)]
    let location = Location(document: Int(node.document), node: Int(node.node))
    let resource = resourceOf[Int(number)]
    let source = SchemaSource(
      number: number, location: location, resource: resource, tree: registry.tree(location),
      dialect: registry.resources[resource].dialect)
    let codeStart = UInt32(program.code.count)
    program.schemas[Int(number)].codeStart = codeStart
    switch source.tree.kind(location.node) {
    case .true: break
    case .false: emit(.never, .any, keyword: location.node)
    case .object:
      try registry.checkShapes(location, dialect: source.dialect)
      try compileKeywords(source)
    default: throw registry.error("a schema is an object, `true` or `false`", at: location)
    }
    program.schemas[Int(number)].codeEnd = UInt32(program.code.count)
  }

  /// Checks the schemas of the given document that nothing led to: an author wants to hear of those too.
  private func checkUnused(_ location: Location, resource enclosing: Int) throws(SchemaError) {
    let tree = registry.tree(location)
    let resource = registry.resource(rootedAt: location) ?? enclosing
    let dialect = registry.resources[resource].dialect
    if known[location] == nil { try registry.checkShapes(location, dialect: dialect) }
    guard tree.kind(location.node) == .object else { return }
    for name in tree.children(of: location.node) {
      guard let (_, shape) = Keyword.named(tree.content(name), in: dialect) else { continue }
      for schema in tree.schemas(under: name + 1, shape: shape) {
        try checkUnused(Location(document: location.document, node: schema), resource: resource)
      }
    }
  }

  mutating func emit(
    _ operation: Operation, _ kinds: KindSet, a: UInt32 = none, b: UInt32 = none, c: UInt32 = none, keyword: Int
  ) {
    program.code.append(
      Instruction(operation: operation, kinds: kinds, a: a, b: b, c: c, keyword: UInt32(keyword)))
  }

  /// The number of a dynamic anchor's name.
  mutating func anchorNumber(_ name: [UInt8]) -> UInt32 {
    if let number = anchorNumbers[name] { return number }
    let number = UInt32(anchorTargets.count)
    anchorNumbers[name] = number
    anchorTargets.append([])
    return number
  }

  /// Every resource in use may be one that a dynamic reference leads to.
  private mutating func findDynamicTargets() {
    guard !anchorNumbers.isEmpty else { return }
    for resource in Set(resourceOf).sorted() {
      for (name, node) in registry.resources[resource].dynamicAnchors {
        guard let number = anchorNumbers[name] else { continue }
        if anchorTargets[Int(number)].contains(where: { $0.resource == resource }) { continue }
        let location = Location(document: registry.resources[resource].root.document, node: node)
        anchorTargets[Int(number)].append((UInt32(resource), schema(at: location, resource: resource)))
      }
    }
  }

  private mutating func layDynamicTargets() {
    for targets in anchorTargets {
      program.dynamicAnchors += [UInt32(program.words.count), UInt32(targets.count)]
      for target in targets { program.words += [target.resource, target.schema] }
      if targets.count > 1 { program.tracksScope = true }
    }
  }
}

/// The schema that is being compiled.
struct SchemaSource {
  let number: UInt32
  let location: Location
  let resource: Int
  let tree: JSONDocument
  let dialect: Dialect
  /// The keywords that mean something here, with their values.
  private let keywords: [(keyword: Keyword, value: Int)]

  init(number: UInt32, location: Location, resource: Int, tree: JSONDocument, dialect: Dialect) {
    self.number = number
    self.location = location
    self.resource = resource
    self.tree = tree
    self.dialect = dialect
    keywords =
      tree.kind(location.node) == .object
      ? tree.children(of: location.node).compactMap { name in
        Keyword.named(tree.content(name), in: dialect).map { ($0.keyword, name + 1) }
      } : []
  }

  /// The value of a keyword, if it is there.
  func value(_ keyword: Keyword) -> Int? { keywords.first { $0.keyword == keyword }?.value }
}

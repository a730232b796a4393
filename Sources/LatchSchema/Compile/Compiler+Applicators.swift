import LatchJSON

/// Keywords that apply schemas to elements or to the same value.
extension Compiler {
  mutating func compileItems(_ source: SchemaSource) {
    let tree = source.tree
    var prefix = source.value(.prefixItems)
    var rest = source.value(.items)
    if source.dialect.draft < .draft202012, let items = rest, tree.kind(items) == .array {
      prefix = items
      rest = source.value(.additionalItems)
    }
    if let keyword = prefix ?? rest {
      let schemas = prefix.map { list in tree.children(of: list).map { subschema($0, of: source) } } ?? []
      emit(
        .items, .array, a: addWords(schemas), b: UInt32(schemas.count),
        c: rest.map { subschema($0, of: source) } ?? none, keyword: keyword)
    }
    if let contains = source.value(.contains) {
      let least = source.value(.minContains).map { source.count(at: $0) } ?? 1
      let most = source.value(.maxContains).map { source.count(at: $0) } ?? none
      let kinds: KindSet = source.dialect.draft == .draft202012 ? [.array, .containsEvaluates] : .array
      emit(.contains, kinds, a: subschema(contains, of: source), b: least, c: most, keyword: contains)
    }
  }

  mutating func compileCombinations(_ source: SchemaSource) {
    let lists: [(Keyword, Operation)] = [(.allOf, .allOf), (.anyOf, .anyOf), (.oneOf, .oneOf)]
    for (keyword, operation) in lists {
      guard let list = source.value(keyword) else { continue }
      let schemas = source.tree.children(of: list).map { subschema($0, of: source) }
      emit(operation, .any, a: addWords(schemas), b: UInt32(schemas.count), keyword: list)
      for schema in schemas { link(source, to: schema, keyword: list) }
    }
    if let value = source.value(.not) {
      let schema = subschema(value, of: source)
      emit(.not, .any, a: schema, keyword: value)
      link(source, to: schema, keyword: value)
    }
    compileConditional(source)
  }

  private mutating func compileConditional(_ source: SchemaSource) {
    guard let test = source.value(.if) else { return }
    let schemas = [test, source.value(.then), source.value(.else)].map { value in
      value.map { subschema($0, of: source) } ?? none
    }
    emit(.conditional, .any, a: schemas[0], b: schemas[1], c: schemas[2], keyword: test)
    for schema in schemas where schema != none { link(source, to: schema, keyword: test) }
  }

  mutating func compileUnevaluated(_ source: SchemaSource) {
    if let value = source.value(.unevaluatedItems) {
      emit(.unevaluatedItems, .array, a: subschema(value, of: source), keyword: value)
    }
    if let value = source.value(.unevaluatedProperties) {
      emit(.unevaluatedProperties, .object, a: subschema(value, of: source), keyword: value)
    }
  }

  mutating func compileReference(_ value: Int, _ source: SchemaSource) throws(SchemaError) {
    let target = try resolve(value, source)
    let schema = schema(at: target.location, resource: target.resource)
    emit(.reference, .any, a: schema, keyword: value)
    link(source, to: schema, keyword: value)
  }

  mutating func compileDynamicReferences(_ source: SchemaSource) throws(SchemaError) {
    if let value = source.value(.dynamicRef) {
      let target = try resolve(value, source)
      let schema = schema(at: target.location, resource: target.resource)
      if let anchor = target.dynamicAnchor {
        emit(.dynamicReference, .any, a: schema, b: anchorNumber(anchor), keyword: value)
      } else {
        emit(.reference, .any, a: schema, keyword: value)
      }
      link(source, to: schema, keyword: value)
    }
    guard let value = source.value(.recursiveRef) else { return }
    let target = try resolve(value, source)
    let schema = schema(at: target.location, resource: target.resource)
    if registry.resources[target.resource].dynamicAnchors[[]] == target.location.node {
      emit(.dynamicReference, .any, a: schema, b: anchorNumber([]), keyword: value)
    } else {
      emit(.reference, .any, a: schema, keyword: value)
    }
    link(source, to: schema, keyword: value)
  }

  private mutating func resolve(_ value: Int, _ source: SchemaSource) throws(SchemaError) -> Target {
    let place = Location(document: source.location.document, node: value)
    return try registry.resolve(source.tree.content(value), from: source.resource, place: place)
  }

  /// Notes that checking a value against one schema may mean checking the same value against another.
  mutating func link(_ source: SchemaSource, to schema: UInt32, keyword: Int) {
    inPlace[Int(source.number)].append(InPlaceEdge(schema: schema, keyword: UInt32(keyword)))
  }

  /// A schema that leads back to itself for the same value could never be decided.
  func refuseLoops() throws(SchemaError) {
    var state: [UInt8] = Array(repeating: 0, count: inPlace.count)
    for first in inPlace.indices where state[first] == 0 {
      var path: [(schema: Int, next: Int)] = [(first, 0)]
      state[first] = 1
      while let (schema, next) = path.last {
        guard next < inPlace[schema].count else {
          state[schema] = 2
          path.removeLast()
          continue
        }
        path[path.count - 1].next += 1
        let edge = inPlace[schema][next]
        if state[Int(edge.schema)] == 1 { throw loop(at: edge, in: schema) }
        if state[Int(edge.schema)] == 0 {
          state[Int(edge.schema)] = 1
          path.append((Int(edge.schema), 0))
        }
      }
    }
  }

  private func loop(at edge: InPlaceEdge, in schema: Int) -> SchemaError {
    let location = Location(document: Int(program.schemas[schema].document), node: Int(edge.keyword))
    return registry.error("this leads back to the schema it stands in without going into the value", at: location)
  }
}

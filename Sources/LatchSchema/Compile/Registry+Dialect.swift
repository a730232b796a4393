import LatchJSON

/// Finds out which keywords mean something: by `$schema`, and by the `$vocabulary` of the schema that it names.
extension Registry {
  func dialect(of location: Location, inherited: Dialect) throws(SchemaError) -> Dialect {
    let tree = tree(location)
    guard let value = tree.member("$schema", of: location.node), tree.kind(value) == .string else { return inherited }
    // Below a root, `$schema` counts only where a resource begins.
    let startsResource =
      location.node == JSONDocument.root || tree.member("$id", of: location.node) != nil
      || tree.member("id", of: location.node) != nil
    guard startsResource else { return inherited }
    let uri = Array(tree.content(value))
    if let draft = SchemaDialect.named(uri) { return Dialect(draft: draft) }
    let valueLocation = Location(document: location.document, node: value)
    guard let metaschema = metaschema(at: URIReference(uri).address) else {
      // Of a document that is only there to be referred to, this is said when it is used.
      if location.document != 0 { return inherited }
      let name = shown(String(decoding: uri, as: UTF8.self))
      throw error("the dialect \(name) is not known; use `\(SchemaDialect.draft202012.uri)`", at: valueLocation)
    }
    return try dialect(describedBy: metaschema, at: valueLocation)
  }

  /// A metaschema is looked for among the given documents by URI or root `$id`, for they may not be indexed yet.
  private func metaschema(at address: [UInt8]) -> JSONDocument? {
    for given in options.resources {
      if URIReference(given.uri.utf8).address == address { return given.document }
      if let id = given.document.member("$id", of: JSONDocument.root), given.document.kind(id) == .string,
        URIReference(given.document.content(id)).address == address
      {
        return given.document
      }
    }
    return options.load?(String(decoding: address, as: UTF8.self))
  }

  private func dialect(describedBy tree: JSONDocument, at location: Location) throws(SchemaError) -> Dialect {
    var draft = SchemaDialect.draft202012
    if let value = tree.member("$schema", of: JSONDocument.root), tree.kind(value) == .string {
      draft = SchemaDialect.named(Array(tree.content(value))) ?? draft
    }
    guard let listed = tree.member("$vocabulary", of: JSONDocument.root), tree.kind(listed) == .object else {
      return Dialect(draft: draft)
    }
    var vocabularies: Vocabularies = .core
    for name in tree.children(of: listed) {
      if let known = Vocabularies.named(tree.content(name)) {
        vocabularies.formUnion(known)
      } else if tree.kind(name + 1) == .true {
        throw error("the dialect needs the vocabulary \(shown(tree.string(name))), which is not known", at: location)
      }
    }
    return Dialect(draft: draft, vocabularies: vocabularies)
  }
}

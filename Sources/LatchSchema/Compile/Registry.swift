import LatchJSON

/// The place of a schema: a node of one of the documents.
struct Location: Hashable {
  var document: Int
  var node: Int
}

/// A document, or a part of one with an `$id` of its own.
struct Resource {
  var uri: URIReference
  var root: Location
  var dialect: Dialect
  var anchors: [[UInt8]: Int] = [:]
  var dynamicAnchors: [[UInt8]: Int] = [:]
}

/// A document with schemas in it, and the URI it was read from.
struct SchemaDocument: Sendable {
  var tree: JSONDocument
  var uri: String
}

/// Every schema document, resource and anchor that is known, by address.
struct Registry {
  private(set) var documents: [SchemaDocument] = []
  private(set) var resources: [Resource] = []
  private var byAddress: [[UInt8]: Int] = [:]
  private var byRoot: [Location: Int] = [:]
  /// Resources given by the caller that nothing has asked for yet are not read further than their identifiers.
  let options: SchemaOptions
  var depth = 0

  init(root: JSONDocument, options: SchemaOptions) throws(SchemaError) {
    self.options = options
    try add(root, uri: options.uri)
    for given in options.resources { try add(given.document, uri: given.uri) }
  }

  /// Makes a document known under `uri` and under every identifier in it.
  @discardableResult
  mutating func add(_ tree: JSONDocument, uri: String) throws(SchemaError) -> Int {
    let document = documents.count
    documents.append(SchemaDocument(tree: tree, uri: uri))
    try indexDocument(document)
    return document
  }

  /// Adds a resource; an address that is taken stays with the first document that had it.
  mutating func open(_ resource: Resource, address: [UInt8]? = nil) throws(SchemaError) -> Int {
    let index = resources.count
    resources.append(resource)
    byRoot[resource.root] = index
    let address = address ?? resource.uri.address
    if let other = byAddress[address] {
      guard resources[other].root.document != resource.root.document else {
        let text = shown(String(decoding: address, as: UTF8.self))
        throw error("two schemas have the identifier \(text); each must have its own", at: resource.root)
      }
    } else {
      byAddress[address] = index
    }
    return index
  }

  /// Makes the resource known under a second address, unless that is taken.
  mutating func alias(_ resource: Int, to address: [UInt8]) {
    if byAddress[address] == nil { byAddress[address] = resource }
  }

  mutating func name(_ node: Int, anchor: ArraySlice<UInt8>, dynamic: Bool, in resource: Int) throws(SchemaError) {
    let anchor = Array(anchor)
    if let other = resources[resource].anchors[anchor], other != node {
      let location = Location(document: resources[resource].root.document, node: node)
      throw error("two schemas have the anchor \(shown(String(decoding: anchor, as: UTF8.self)))", at: location)
    }
    resources[resource].anchors[anchor] = node
    if dynamic { resources[resource].dynamicAnchors[anchor] = node }
  }

  /// Marks the resource as one that `$recursiveRef` may be led to; the empty name is no anchor an author can write.
  mutating func markRecursive(_ resource: Int) {
    resources[resource].dynamicAnchors[[]] = resources[resource].root.node
  }

  func resource(rootedAt location: Location) -> Int? { byRoot[location] }

  func resource(at address: [UInt8]) -> Int? { byAddress[address] }

  func tree(_ location: Location) -> JSONDocument { documents[location.document].tree }

  /// An error about the value at `location`.
  func error(_ message: String, at location: Location) -> SchemaError {
    let document = documents[location.document]
    return SchemaError(
      message: message, schemaPath: document.tree.pointer(to: location.node),
      place: document.tree.place(location.node), document: location.document == 0 ? "" : document.uri)
  }
}

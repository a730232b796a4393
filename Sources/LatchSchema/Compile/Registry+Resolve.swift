import LatchJSON

/// Where a reference leads.
struct Target {
  var location: Location
  var resource: Int
  /// The name, if the reference named a dynamic anchor.
  var dynamicAnchor: [UInt8]?
}

extension Registry {
  /// What `reference` names, seen from `resource`; `place` is the reference itself, for errors.
  mutating func resolve(
    _ reference: ArraySlice<UInt8>, from resource: Int, place: Location
  ) throws(SchemaError) -> Target {
    let uri = URIReference(reference).resolved(against: resources[resource].uri)
    let found = try self.resource(
      named: uri.address, isLocal: URIReference(reference).isFragmentOnly, from: resource, place)
    guard let fragment = uri.fragment.map({ URIReference.percentDecoded($0) }), !fragment.isEmpty else {
      return Target(location: resources[found].root, resource: found)
    }
    if fragment.first == UInt8(ascii: "/") {
      return try follow(fragment, in: found, place: place, reference: reference)
    }
    guard let node = resources[found].anchors[fragment] else {
      throw error("\(shown(reference)) leads nowhere: there is no such anchor", at: place)
    }
    let location = Location(document: resources[found].root.document, node: node)
    let isDynamic = resources[found].dynamicAnchors[fragment] != nil
    return Target(location: location, resource: found, dynamicAnchor: isDynamic ? fragment : nil)
  }

  private mutating func resource(
    named address: [UInt8], isLocal: Bool, from resource: Int, _ place: Location
  ) throws(SchemaError) -> Int {
    if isLocal { return resource }
    if let found = self.resource(at: address) { return found }
    let uri = String(decoding: address, as: UTF8.self)
    guard let tree = Metaschemas.document(at: uri) ?? options.load?(uri) else {
      throw error("no schema is known at \(shown(uri)); references are never fetched from a network", at: place)
    }
    guard documents.count < options.limits.documents else {
      throw error("more than \(options.limits.documents) documents are referred to", at: place)
    }
    let document = try add(tree, uri: uri)
    guard let found = self.resource(at: address) ?? self.resource(rootedAt: Location(document: document, node: 0))
    else { preconditionFailure("a document that was added is known by its address") }
    return found
  }

  /// Follows a JSON pointer from a resource's root, through resources that begin on the way.
  private func follow(
    _ pointer: [UInt8], in start: Int, place: Location, reference: ArraySlice<UInt8>
  ) throws(SchemaError) -> Target {
    var resource = start
    var location = resources[start].root
    let tree = tree(location)
    for token in pointer.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
      guard let next = tree.child(of: location.node, token: token) else {
        throw error("\(shown(reference)) leads nowhere: there is no \(shown(token))", at: place)
      }
      location.node = next
      if let inner = self.resource(rootedAt: location) { resource = inner }
    }
    return Target(location: location, resource: resource)
  }
}

import LatchAutomata
package import LatchJSON

/// The names that a schema gives to an object's properties, wherever it speaks of that object itself.
package struct ArgumentNames: Sendable {
  /// Sorted (bytes).
  private let names: TextList
  private var patterns: [PatternMatcher] = []

  /// nil where the schema names no properties; an empty `properties` says that there are none.
  package init?(of schema: JSONValue) {
    var speaksOfProperties = false
    var names: [[UInt8]] = []
    for part in SchemaParts(schema).all where part.hasProperties {
      speaksOfProperties = true
      names += part.propertyNames
      patterns += part.propertyPatterns.compactMap { try? PatternMatcher(regex: $0, dialect: .ecma) }
    }
    guard speaksOfProperties else { return nil }
    self.names = TextList(names.sorted { $0.lexicographicallyPrecedes($1) })
  }

  /// Whether the schema has a name for an argument that is called so.
  package func contains(_ name: String) -> Bool {
    let name = Array(name.utf8)
    return names.hasSorted(name.span) || matchesPattern(name[...])
  }

  /// Whether the schema gives exactly that name to a property; names that fit a pattern are the caller's.
  func giveName(_ name: Span<UInt8>) -> Bool { names.hasSorted(name) }

  /// The first argument that the schema has no name for.
  func firstUnnamed(in arguments: Arguments) -> String? {
    let document = arguments.document
    var name = arguments.root + 1
    for _ in 0..<document.nodes[arguments.root].count {
      let content = document.storage.span.extracting(document.contentRange(name))
      if !names.hasSorted(content), !matchesPattern(document.content(name)) { return document.string(name) }
      name = Int(document.nodes[name + 1].next)
    }
    return nil
  }

  private func matchesPattern(_ name: ArraySlice<UInt8>) -> Bool {
    patterns.contains { (try? $0.accepts(name)) ?? false }
  }
}

extension JSONValue {
  fileprivate var hasProperties: Bool { self["properties"] != nil || self["patternProperties"] != nil }
  fileprivate var propertyNames: [[UInt8]] { memberNames(of: "properties").map { Array($0.utf8) } }
  fileprivate var propertyPatterns: [String] { memberNames(of: "patternProperties") }

  private func memberNames(of keyword: String) -> [String] {
    guard case .object(let members)? = self[keyword] else { return [] }
    return members.map(\.name)
  }
}

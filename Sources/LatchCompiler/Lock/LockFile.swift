package import LatchJSON
package import LatchPolicy

/// `latch.lock`: the tools of each upstream as `latch sync` found them. Its form is `Schemas/lock.schema.json`.
package struct LockFile: Sendable, Equatable {
  package static let version = 1

  /// Sorted by name (bytes).
  package var upstreams: [LockedUpstream]

  package init(upstreams: [LockedUpstream]) {
    self.upstreams = upstreams.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }

  package func upstream(named name: String) -> LockedUpstream? {
    upstreams.first(named: name, by: \.name)
  }
}

/// What one server offers.
package struct LockedUpstream: Sendable, Equatable {
  package var name: String
  /// What the server calls itself.
  package var server: String?
  /// The digest of the `instructions` that the server gives to models, if it gives any.
  package var instructionsDigest: String?
  /// Sorted by name (bytes).
  package var tools: [LockedTool]

  package init(name: String, server: String?, instructionsDigest: String?, tools: [LockedTool]) {
    self.name = name
    self.server = server
    self.instructionsDigest = instructionsDigest
    self.tools = tools.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }

  /// How `instructions` are pinned: by the digest of their bytes.
  package static func digest(ofInstructions text: String) -> String { SHA256Digest.prefixed(of: text.utf8) }

  package func tool(named name: String) -> LockedTool? { tools.first(named: name, by: \.name) }
}

/// A tool's whole definition, what is inferred from it and what pins it.
package struct LockedTool: Sendable, Equatable {
  package var name: String
  package var inferredClass: ActionClass
  /// Why it has the class, in a few words.
  package var reason: String
  /// The definition as the server sent it.
  package var definition: JSONValue
  package var digest: String
  /// The definitions that the server sends in other protocol revisions, where they differ; sorted by revision.
  package var revisions: [Revision]

  package struct Revision: Sendable, Equatable {
    package var revision: String
    package var definition: JSONValue
    package var digest: String
  }
}

/// Why a definition cannot be locked.
package enum LockError: Error, Equatable, Sendable {
  case notAnObject
  case withoutName
  /// It has no canonical form, and so no digest.
  case notCanonical(tool: String, JSONError)
  /// A revision's definition is that of another tool.
  case otherName(tool: String, revision: String)
}

extension LockedTool {
  /// Locks a definition as a server sent it, and those of other protocol revisions (equal ones are left out).
  package init(
    definition: JSONValue, others: [(revision: String, definition: JSONValue)] = [], trustAnnotations: Bool
  ) throws(LockError) {
    guard case .object = definition else { throw .notAnObject }
    guard let name = definition["name"]?.string else { throw .withoutName }
    self.name = name
    (inferredClass, reason) = inferClass(of: definition, trustAnnotations: trustAnnotations)
    self.definition = definition
    digest = try Self.digest(of: definition, tool: name)
    revisions = []
    for other in others.sorted(by: { $0.revision.utf8.lexicographicallyPrecedes($1.revision.utf8) }) {
      guard case .object = other.definition else { throw .notAnObject }
      guard other.definition["name"]?.string?.utf8.elementsEqual(name.utf8) == true else {
        throw .otherName(tool: name, revision: other.revision)
      }
      let digest = try Self.digest(of: other.definition, tool: name)
      guard digest != self.digest else { continue }
      revisions.append(Revision(revision: other.revision, definition: other.definition, digest: digest))
    }
  }

  /// All digests under which the tool is the locked one, sorted.
  package var digests: [String] { Set([digest] + revisions.map(\.digest)).sorted() }

  package var description: String? { definition["description"]?.string }

  package var inputSchema: JSONValue? { definition["inputSchema"] }

  static func digest(of definition: JSONValue, tool: String) throws(LockError) -> String {
    do { return try ToolDigest.of(definition) } catch { throw .notCanonical(tool: tool, error) }
  }
}

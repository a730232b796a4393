import LatchJSON
import LatchPolicy

extension LockFile {
  /// The lock as it stands on disk: two spaces, upstreams and tools by name, a tool's members in the order in which a
  /// reviewer wants them, everything within them sorted. What nobody can see stands there as an escape.
  package var text: String {
    let lock: JSONValue = [
      "version": .number(String(Self.version)), "upstreams": .array(upstreams.map(\.value)),
    ]
    return lock.pretty(sorted: false)
  }
}

extension LockedUpstream {
  fileprivate var value: JSONValue {
    var members = [JSONValue.Member("name", .string(name))]
    if let server { members.append(JSONValue.Member("server", .string(server))) }
    if let instructionsDigest { members.append(JSONValue.Member("instructions", .string(instructionsDigest))) }
    members.append(JSONValue.Member("tools", .array(tools.map(\.value))))
    return .object(members)
  }
}

extension LockedTool {
  /// The members of a definition that a reviewer reads first; the rest is kept under `other`.
  static let reviewed = ["description", "inputSchema", "annotations"]

  fileprivate var value: JSONValue {
    var members: [JSONValue.Member] = [
      .init("name", .string(name)), .init("class", .string(inferredClass.rawValue)), .init("reason", .string(reason)),
      .init("digest", .string(digest)),
    ]
    for name in Self.reviewed {
      if let value = definition[name] { members.append(.init(name, value.sorted)) }
    }
    let others = (definition.object ?? []).filter { !(["name"] + Self.reviewed).contains($0.name) }
    if !others.isEmpty { members.append(.init("other", JSONValue.object(others).sorted)) }
    if !revisions.isEmpty {
      members.append(.init("revisions", .array(revisions.map { $0.value(besides: definition) })))
    }
    return .object(members)
  }
}

extension LockedTool.Revision {
  /// What of the definition differs from the main one: `changes` stand in place of its members, `without` are absent.
  fileprivate func value(besides main: JSONValue) -> JSONValue {
    let own = definition.object ?? []
    let changes = own.filter { main[$0.name] != $0.value }
    let missing = (main.object ?? []).map(\.name).filter { definition[$0] == nil }
    var members: [JSONValue.Member] = [.init("revision", .string(revision)), .init("digest", .string(digest))]
    if !changes.isEmpty { members.append(.init("changes", JSONValue.object(changes).sorted)) }
    if !missing.isEmpty {
      let names = missing.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      members.append(.init("without", .array(names.map(JSONValue.string))))
    }
    return .object(members)
  }
}

extension JSONValue {
  /// The same with the members of every object in the order of their names' bytes.
  fileprivate var sorted: JSONValue {
    switch self {
    case .array(let elements): .array(elements.map(\.sorted))
    case .object(let members):
      .object(
        members.map { Member($0.name, $0.value.sorted) }
          .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) })
    default: self
    }
  }
}

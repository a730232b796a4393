import LatchCompiler
import LatchJSON

/// What a new lock says of one tool that the old one did not.
struct LockChange {
  enum Kind: String { case added, changed, removed, same }

  var tool: String
  var kind: Kind
  /// The parts that differ, for `changed`.
  var fields: [String] = []
  var locked: LockedTool?

  var isDifference: Bool { kind != .same }

  /// All tools of an upstream, by name.
  static func all(from old: LockedUpstream?, to new: LockedUpstream?) -> [LockChange] {
    let changes = (new?.tools ?? []).map { tool in change(from: old?.tool(named: tool.name), to: tool) }
    let removed = (old?.tools ?? []).filter { new?.tool(named: $0.name) == nil }.map {
      LockChange(tool: $0.name, kind: .removed)
    }
    return (changes + removed).sorted { $0.tool.utf8.lexicographicallyPrecedes($1.tool.utf8) }
  }

  private static func change(from old: LockedTool?, to new: LockedTool) -> LockChange {
    guard let old else { return LockChange(tool: new.name, kind: .added, locked: new) }
    let fields = differences(old, new)
    return LockChange(tool: new.name, kind: fields.isEmpty ? .same : .changed, fields: fields, locked: new)
  }

  private static func differences(_ old: LockedTool, _ new: LockedTool) -> [String] {
    let names = Set(((old.definition.object ?? []) + (new.definition.object ?? [])).map(\.name))
    var fields = names.filter { name in
      // The lock keeps members sorted, a server does not: canonical forms are what is compared.
      let (one, other) = (old.definition[name], new.definition[name])
      if let one, let other { return (try? one.canonicalBytes()) != (try? other.canonicalBytes()) }
      return (one == nil) != (other == nil)
    }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    if old.inferredClass != new.inferredClass || old.reason != new.reason { fields.append("class") }
    if old.digests != new.digests, fields.isEmpty { fields.append("revisions") }
    return fields
  }
}

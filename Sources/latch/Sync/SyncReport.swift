import LatchCompiler
import LatchJSON
import LatchPolicy

/// What `sync` found out, for people and for programs.
struct SyncReport {
  struct Entry {
    var name: String
    var server: String?
    var changes: [LockChange] = []
    /// Why the upstream could not be listed.
    var problem: String?
    var notes: [String] = []
  }

  var entries: [Entry] = []

  /// Whether the lock that was found says anything that is no longer so.
  var hasChanges: Bool { entries.contains { $0.changes.contains(where: \.isDifference) } }

  var text: String { text(of: entries.filter { $0.problem == nil }) { _ in true } }

  /// Only the tools of which the lock that was found does not say what is so; empty if there are none.
  var differences: String {
    text(of: entries.filter { $0.changes.contains(where: \.isDifference) }, showing: \.isDifference)
  }

  private func text(of entries: [Entry], showing isShown: (LockChange) -> Bool) -> String {
    entries.map { entry in
      let count = entry.changes.count { $0.kind != .removed }
      let title = "\(entry.name)\(entry.server.map { " (\($0))" } ?? ""): \(count) tool\(count == 1 ? "" : "s")"
      let rows = entry.changes.filter(isShown).map { change in
        [
          "  \(change.tool)", change.locked?.inferredClass.rawValue ?? "", change.locked?.reason ?? "",
          change.isDifference ? ([change.kind.rawValue] + change.fields).joined(separator: " ") : "",
        ]
      }
      return title.harmless + "\n" + (rows.isEmpty ? "" : table(["  TOOL", "CLASS", "WHY", "CHANGE"], rows))
    }.joined(separator: "\n")
  }

  var json: JSONValue {
    ["changed": .bool(hasChanges), "upstreams": .array(entries.map(Self.json))]
  }

  private static func json(_ entry: Entry) -> JSONValue {
    var members: [JSONValue.Member] = [.init("name", .string(entry.name))]
    if let server = entry.server { members.append(.init("server", .string(server))) }
    if let problem = entry.problem { members.append(.init("error", .string(problem))) }
    members.append(.init("notes", .array(entry.notes.map(JSONValue.string))))
    members.append(.init("tools", .array(entry.changes.map(json))))
    return .object(members)
  }

  private static func json(_ change: LockChange) -> JSONValue {
    [
      "name": .string(change.tool), "class": (change.locked?.inferredClass.rawValue).map(JSONValue.string) ?? .null,
      "reason": (change.locked?.reason).map(JSONValue.string) ?? .null, "change": .string(change.kind.rawValue),
      "fields": .array(change.fields.map(JSONValue.string)),
    ]
  }
}

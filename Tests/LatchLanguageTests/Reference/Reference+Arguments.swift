import LatchJSON
import LatchPolicy

extension SchemaModel {
  /// Whether the arguments are as the schema wants them.
  func accepts(_ value: JSONValue) -> Bool {
    if let types, value.jsonTypes.isDisjoint(with: types) { return false }
    if let members = value.object {
      guard required.allSatisfy({ value[$0] != nil }) else { return false }
      return members.allSatisfy { property($0.name)?.accepts($0.value) ?? true }
    }
    guard let elements = value.array, let items = items.first else { return true }
    return elements.allSatisfy(items.accepts)
  }
}

extension Reference {
  /// Two members of one object that are equal after NFC and case folding.
  func hasTwoReadings(_ value: JSONValue) -> Bool {
    if let elements = value.array { return elements.contains(where: hasTwoReadings) }
    guard let members = value.object else { return false }
    let names = members.map { Text($0.name).foldedForComparison }
    return Set(names).count < names.count || members.contains { hasTwoReadings($0.value) }
  }

  /// `latch-self`: whether any string, read as a path, lies at or below a protected file.
  func protects(_ arguments: JSONValue, from tool: ToolModel?) -> Bool {
    guard policy.defaults.protectsSelf, tool?.actionClass ?? .execute != .read else { return false }
    return Inquiry.strings(in: arguments).contains { isProtected($0) }
  }

  private func isProtected(_ string: String) -> Bool {
    var text = Text(string).foldedForComparison
    if text.starts(with: "file://") { text = Text(text.dropFirst(7)) }
    let segments = text.segments.filter { !$0.isEmpty && $0 != ["."] }
    let starts = text.first == "/" ? [[]] : places.projects.map { Self.segments($0) }
    let inProject = [".latch", "latch.lock", "latch.yaml"]
    let inHome = [".config/latch", ".local/share/latch", ".local/state/latch", ".cursor/mcp.json"]
    let wanted = Self.full(inProject, places.projects) + Self.full(inHome, places.homes)
    // Where a base is not known, a path that has such a file's name anywhere is taken to mean it.
    let anywhere =
      (places.projects.isEmpty ? inProject : []) + (places.homes.isEmpty ? inHome : [])
    return wanted.contains { place in starts.contains { ($0 + segments).starts(with: place) } }
      || anywhere.map(Self.segments).contains { place in
        segments.indices.contains { segments[$0...].starts(with: place) }
      }
  }

  private static func segments(_ path: String) -> [Text] {
    Text(path).foldedForComparison.segments.filter { !$0.isEmpty }
  }

  private static func full(_ paths: [String], _ bases: [String]) -> [[Text]] {
    bases.flatMap { base in paths.map { segments("\(base)/\($0)") } }
  }
}

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
    let files = ProtectedFiles(places)
    return Inquiry.strings(in: arguments).contains { files.include($0) }
  }
}

/// The files that `latch-self` keeps calls away from, as far as the pools name any.
private struct ProtectedFiles {
  private static let inProject = [".latch", "latch.lock", "latch.yaml"]
  private static let inHome = [".config/latch", ".local/share/latch", ".local/state/latch", ".cursor/mcp.json"]

  /// Where relative paths start.
  private let starts: [[Text]]
  private let full: [[Text]]
  /// Below a directory that is not known here: a path that has such a name anywhere is taken to mean it.
  private let anywhere: [[Text]]

  init(_ places: PlacesModel) {
    starts = (places.projects + places.workingDirectories).map(Self.segments)
    full =
      places.projects.flatMap { base in Self.inProject.map { Self.segments("\(base)/\($0)") } }
      + places.homes.flatMap { base in Self.inHome.map { Self.segments("\(base)/\($0)") } }
    let unknown = (places.projects.isEmpty ? Self.inProject : []) + (places.homes.isEmpty ? Self.inHome : [])
    anywhere = unknown.map(Self.segments)
  }

  func include(_ string: String) -> Bool {
    let text = string.hasPrefix("file://") ? String(string.dropFirst(7)) : string
    let segments = Self.segments(text)
    let starts = text.hasPrefix("/") ? [[]] : starts
    return full.contains { place in starts.contains { ($0 + segments).starts(with: place) } }
      || anywhere.contains { place in segments.indices.contains { segments[$0...].starts(with: place) } }
  }

  private static func segments(_ path: String) -> [Text] {
    Text(path).foldedForComparison.segments.filter { !$0.isEmpty && $0 != ["."] }
  }
}

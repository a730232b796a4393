/// The protected files, as what every path at or below one of them holds.
struct ProtectedPlaces: Sendable {
  private let trails: TrailTable
  /// Where paths start that lie below a protected file whatever they say.
  private let inside: [Trail.Condition]
  private let families: [ProtectedFamily]

  init(_ protected: [ProtectedPath], _ paths: ProjectPaths, _ bases: PathBases) {
    var trails = TrailList(bases)
    let projects = paths.projects.map(Self.segments)
    let homes = paths.homes.map(Self.segments)
    for path in paths.alsoProtected { trails.add(place: Self.segments(path)) }
    for place in protected where place.pattern.isEmpty {
      let relative = Self.segments(place.path)
      let directories = place.base == .project ? projects : homes
      for directory in directories { trails.add(place: directory + relative) }
      // Relative to a base that is not known here: a path that holds it anywhere is taken to mean it.
      if directories.isEmpty { trails.add(relative, .always) }
      if place.kind != .source { trails.add(Self.afterSpace(relative), .ifUncertain) }
    }
    inside = trails.inside
    self.trails = TrailTable(trails.all)
    families = protected.compactMap { ProtectedFamily($0, paths, bases) }
  }

  /// The segments of which every path at or below a protected one must hold one; an empty one where none is sure.
  var lastSegments: [[UInt8]] { inside.isEmpty ? trails.lastSegments + families.map(\.ending) : [[]] }

  /// Whether the path is a protected one or lies below it.
  func include(_ path: borrowing PathReading, in text: Span<UInt8>, inCommand: Bool) -> Bool {
    let conditions = TrailConditions(path, in: text, inCommand: inCommand)
    return inside.contains { conditions.meet($0) } || trails.anyIsFollowed(by: path, in: text, conditions)
      || families.contains { $0.includes(path, in: text, conditions) }
  }

  static func segments(_ path: String) -> [FoldedSegment] {
    Trail.segments(PathBases.clean(Array(path.utf8)))
  }

  /// In a command a space ends a word: what comes after the last one is what is seen.
  private static func afterSpace(_ segments: [FoldedSegment]) -> [FoldedSegment] {
    let position = segments.lastIndex { $0.bytes.contains(0x20) }.map { $0 + 1 } ?? 0
    return position < segments.count ? Array(segments[position...]) : segments
  }
}

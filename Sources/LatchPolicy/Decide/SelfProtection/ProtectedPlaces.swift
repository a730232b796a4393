import LatchAutomata

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
    for place in protected where place.ending == nil {
      let relative = Self.segments(place.path)
      let directories = place.base == .project ? projects : homes
      for directory in directories { trails.add(place: directory + relative) }
      // Relative to a base that is not known here: a path that holds it anywhere is taken to mean it.
      if directories.isEmpty { trails.add(relative, .always) }
      if place.kind != .source { trails.add(Self.afterSpace(relative), .ifUncertain) }
    }
    inside = trails.inside
    self.trails = TrailTable(trails.all)
    families = protected.compactMap { ProtectedFamily($0, projects: projects, homes: homes, bases) }
  }

  /// The segments of which every path at or below a protected one must hold one; an empty one where none is sure.
  var lastSegments: [[UInt8]] { inside.isEmpty ? trails.lastSegments + families.map(\.ending) : [[]] }

  /// Whether the path is a protected one or lies below it.
  func include(_ path: borrowing PathReading, in text: Span<UInt8>, inCommand: Bool) -> Bool {
    let conditions = TrailConditions(path, in: text, inCommand: inCommand)
    return inside.contains { conditions.meet($0) } || trails.anyIsFollowed(by: path, in: text, conditions)
      || families.contains { $0.includes(path, in: text, conditions) }
  }

  fileprivate static func segments(_ path: String) -> [FoldedSegment] {
    Trail.segments(PathBases.clean(Array(path.utf8)))
  }

  /// In a command a space ends a word: what comes after the last one is what is seen.
  private static func afterSpace(_ segments: [FoldedSegment]) -> [FoldedSegment] {
    let position = segments.lastIndex { $0.bytes.contains(0x20) }.map { $0 + 1 } ?? 0
    return position < segments.count ? Array(segments[position...]) : segments
  }
}

/// The files below a directory whose names end alike: what a policy would take up if it were there, which no list can
/// name.
private struct ProtectedFamily: Sendable {
  /// Folded, and not empty.
  let ending: [UInt8]
  private let trails: TrailTable
  private let inside: [Trail.Condition]

  /// No system has longer names.
  private static let longestName = 1024

  init?(_ place: ProtectedPath, projects: [[FoldedSegment]], homes: [[FoldedSegment]], _ bases: PathBases) {
    guard let ending = place.ending, !ending.isEmpty else { return nil }
    self.ending = foldedForComparison(Array(ending.utf8))
    let relative = place.path == "." ? [] : ProtectedPlaces.segments(place.path)
    let directories = place.base == .project ? projects : homes
    var trails = TrailList(bases)
    for directory in directories { trails.add(place: directory + relative) }
    if directories.isEmpty { trails.add(relative, .always) }
    // In a base that is not known, or that is the root, anything may lie.
    let isAnywhere = directories.isEmpty ? relative.isEmpty : directories.contains { ($0 + relative).isEmpty }
    inside = trails.inside + (isAnywhere ? [.always] : [])
    self.trails = TrailTable(trails.all)
  }

  func includes(_ path: borrowing PathReading, in text: Span<UInt8>, _ conditions: TrailConditions) -> Bool {
    guard let last = path.segments.last.map(Range<Int>.init), last.count <= Self.longestName,
      foldedForComparison(last.map { text[$0] }).suffix(ending.count).elementsEqual(ending)
    else { return false }
    return inside.contains { conditions.meet($0) } || trails.anyIsFollowed(by: path, in: text, conditions)
  }
}

import LatchAutomata

/// The files below a directory whose names are alike: what a policy would take up if it were there, which no list can
/// name.
struct ProtectedFamily: Sendable {
  /// What every such path holds.
  let ending: [UInt8]
  /// The last segments, folded.
  private let pattern: [String]
  private let trails: TrailTable
  private let inside: [Trail.Condition]
  private let directories: [[String]]
  private let homes: [[String]]

  /// No system has longer names.
  private static let longestName = 1024

  init?(_ place: ProtectedPath, _ paths: ProjectPaths, _ bases: PathBases) {
    pattern = place.pattern.map { Self.folded(Array($0.utf8)) }
    guard let last = pattern.last else { return nil }
    ending = Array(last.utf8.reversed().prefix { $0 != UInt8(ascii: "*") }.reversed())
    let relative = place.path == "." ? [] : ProtectedPlaces.segments(place.path)
    let starts = (place.base == .project ? paths.projects : paths.homes).map(ProtectedPlaces.segments)
    var trails = TrailList(bases)
    for start in starts { trails.add(place: start + relative) }
    if starts.isEmpty { trails.add(relative, .always) }
    // In a base that is not known, or that is the root, anything may lie.
    let isAnywhere = starts.isEmpty ? relative.isEmpty : starts.contains { ($0 + relative).isEmpty }
    inside = trails.inside + (isAnywhere ? [.always] : [])
    self.trails = TrailTable(trails.all)
    directories = bases.directories.map(Self.names)
    homes = bases.homes.map(Self.names)
  }

  func includes(_ path: borrowing PathReading, in text: Span<UInt8>, _ conditions: TrailConditions) -> Bool {
    guard isAlike(path, in: text) else { return false }
    return inside.contains { conditions.meet($0) } || trails.anyIsFollowed(by: path, in: text, conditions)
  }

  /// Whether the path ends as the pattern wants; what it leaves out may stand in where it starts from.
  private func isAlike(_ path: borrowing PathReading, in text: Span<UInt8>) -> Bool {
    let own = min(pattern.count, path.segments.count)
    guard own > 0 else { return false }
    for position in 1...own {
      let segment = Range<Int>(path.segments[path.segments.count - position])
      guard segment.count <= Self.longestName,
        NameGlob.matches(
          pattern: pattern[pattern.count - position], name: Self.folded(segment.map { text[$0] }))
      else { return false }
    }
    let rest = pattern.dropLast(own)
    switch path.start {
    case _ where rest.isEmpty: return true
    case .root: return false
    case .unknown: return true
    case .directory: return directories.contains { isEnd(rest, of: $0.dropLast(path.above)) }
    case .home: return homes.contains { isEnd(rest, of: $0.dropLast(path.above)) }
    }
  }

  private func isEnd(_ pattern: ArraySlice<String>, of base: ArraySlice<String>) -> Bool {
    base.count >= pattern.count
      && zip(pattern, base.suffix(pattern.count)).allSatisfy { NameGlob.matches(pattern: $0, name: $1) }
  }

  private static func names(_ path: [UInt8]) -> [String] {
    Trail.segments(path).map { String(decoding: $0.bytes, as: UTF8.self) }
  }

  private static func folded(_ name: [UInt8]) -> String { String(decoding: foldedForComparison(name), as: UTF8.self) }
}

import LatchAutomata

/// The protected files as folded segments, and the directories that other paths start from.
struct ProtectedPlaces: Sendable {
  typealias Segments = [[UInt8]]

  /// From the root.
  private var full: [Segments] = []
  /// Relative to a base that is not known here: a path that holds one anywhere is taken to mean it.
  private var endings: [Segments] = []
  /// Names unusual enough to be known by where only a command's context would say which directory is meant.
  private var unusual: [Segments] = []
  /// Where relative paths may start: the project, and where the server runs.
  private var directories: [Segments] = []
  private var homes: [Segments] = []

  init(_ protected: [ProtectedPath], _ paths: ProjectPaths, launch: Launch) {
    let projects = paths.projects.map(Self.segments)
    homes = paths.homes.map(Self.segments)
    directories = projects + Self.directories(of: launch, projects: projects, homes: homes)
    full = paths.alsoProtected.map(Self.segments)
    for place in protected {
      let relative = Self.segments(place.path)
      let bases = place.base == .project ? projects : homes
      full += bases.map { $0 + relative }
      if bases.isEmpty { endings.append(relative) }
      if place.kind != .source { unusual.append(Self.afterSpace(relative)) }
    }
  }

  /// The segment that every path at or below a protected one must hold; an empty one where none is sure.
  var lastSegments: [[UInt8]] {
    let startsInside = directories.contains { directory in
      full.contains { Self.holds(directory[...].map { $0[...] }, $0) }
    }
    return startsInside ? [[]] : (full + endings + unusual).map { $0.last ?? [] }
  }

  /// Whether the path is a protected one or lies below it.
  func include(_ path: PathReading, inCommand: Bool) -> Bool {
    if Self.holds(path.segments, anyOf: endings) { return true }
    let isUncertain = path.start == .unknown || path.above > 0 || path.wentBack || isThroughProcess(path)
    if inCommand || isUncertain, Self.holds(path.segments, anyOf: unusual) { return true }
    if isThroughProcess(path), full.contains(where: { Self.holds(path.segments, Array($0.suffix(1))) }) { return true }
    return resolved(path).contains { Self.holds($0, anyOf: full) }
  }

  /// The path from the root, in each way that it may be meant.
  private func resolved(_ path: PathReading) -> [[ArraySlice<UInt8>]] {
    let bases: [Segments] =
      switch path.start {
      case .root: [[]]
      case .home: homes
      case .directory: directories
      case .unknown: directories + homes
      }
    // From a directory below the one we know, fewer steps lead up to it.
    return bases.flatMap { base in
      (0...min(path.above, base.count)).map { base.dropLast($0).map { $0[...] } + path.segments }
    }
  }

  /// `/proc/self/cwd/…`, `/dev/fd/3/…`: directories that a name does not tell.
  private func isThroughProcess(_ path: PathReading) -> Bool {
    path.start == .root && ["proc", "dev"].contains { path.segments.first?.elementsEqual($0.utf8) == true }
  }
}

extension ProtectedPlaces {
  /// Of a path that is known to be one and clean.
  static func segments(_ path: String) -> Segments {
    foldedForComparison(path.utf8).split(separator: UInt8(ascii: "/")).map(Array.init)
  }

  /// In a command a space ends a word: what comes after the last one is what is seen.
  private static func afterSpace(_ segments: Segments) -> Segments {
    let position = segments.lastIndex { $0.contains(0x20) }.map { $0 + 1 } ?? 0
    return position < segments.count ? Array(segments[position...]) : segments
  }

  private static func directories(of launch: Launch, projects: [Segments], homes: [Segments]) -> [Segments] {
    guard case .stdio(_, _, _, let directory?, _) = launch else { return [] }
    let bytes = Array(directory.utf8)
    for (reference, bases) in [("${project}", projects), ("${home}", homes)] where bytes.starts(with: reference.utf8) {
      let rest = PathReading(bytes.dropFirst(reference.utf8.count)).segments.map(Array.init)
      return bases.map { $0 + rest }
    }
    if bytes.first == UInt8(ascii: "/") { return [segments(directory)] }
    return projects.map { $0 + segments(directory) }
  }

  private static func holds(_ path: [ArraySlice<UInt8>], anyOf protected: [Segments]) -> Bool {
    protected.contains { holds(path, $0) }
  }

  /// Whether the segments stand in the path one after the other, anywhere: a file system may be reached under several
  /// roots.
  private static func holds(_ path: [ArraySlice<UInt8>], _ protected: Segments) -> Bool {
    guard !protected.isEmpty, path.count >= protected.count else { return false }
    return (0...(path.count - protected.count)).contains { start in
      protected.indices.allSatisfy { path[start + $0].elementsEqual(protected[$0]) }
    }
  }
}

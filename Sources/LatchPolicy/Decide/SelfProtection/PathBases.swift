/// Directories that paths start from, as they are written: absolute, and clean, which leaves nothing of the root.
struct PathBases: Sendable {
  /// Where relative paths may start: the project, and where the server runs.
  private(set) var directories: [[UInt8]]
  private(set) var homes: [[UInt8]]

  init(_ paths: ProjectPaths, launch: Launch) {
    let projects = Self.clean(paths.projects)
    homes = Self.unique(Self.clean(paths.homes))
    let ofLaunch = Self.directories(of: launch, projects: projects, homes: homes)
    directories = Self.unique(projects + Self.clean(paths.workingDirectories) + ofLaunch)
  }

  /// Where a path may start from.
  func directories(for start: PathReading.Start) -> [[UInt8]] {
    switch start {
    case .root: [[]]
    case .home: homes
    case .directory: directories
    case .unknown: directories + homes
    }
  }

  /// What the upstream's `cwd` says, where it can be known without looking.
  private static func directories(of launch: Launch, projects: [[UInt8]], homes: [[UInt8]]) -> [[UInt8]] {
    guard case .stdio(_, _, _, let directory?, _) = launch else { return [] }
    let bytes = Array(directory.utf8)
    for (reference, bases) in [("${project}", projects), ("${home}", homes)] where bytes.starts(with: reference.utf8) {
      return bases.map { clean($0 + bytes.dropFirst(reference.utf8.count)) }
    }
    return bytes.first == slash ? [clean(bytes)] : projects.map { clean($0 + [slash] + bytes) }
  }

  private static func unique(_ paths: [[UInt8]]) -> [[UInt8]] {
    var seen: Set<[UInt8]> = []
    return paths.filter { seen.insert($0).inserted }
  }

  private static func clean(_ paths: [String]) -> [[UInt8]] { paths.map { clean(Array($0.utf8)) } }

  /// `.`, `..` and doubled slashes resolved, in a path from the root.
  static func clean(_ path: [UInt8]) -> [UInt8] {
    var clean: [UInt8] = []
    for segment in path.split(separator: slash) where !segment.elementsEqual(".".utf8) {
      if segment.elementsEqual("..".utf8) {
        clean = parent(of: clean)
      } else {
        clean.append(slash)
        clean += segment
      }
    }
    return clean
  }

  static func parent(of path: [UInt8]) -> [UInt8] { Array(path[..<(path.lastIndex(of: slash) ?? 0)]) }
}

private let slash = UInt8(ascii: "/")

import LatchAutomata

/// Segments that a path has one after the other, and when that means a protected file.
struct Trail: Hashable, Sendable {
  enum Condition: Hashable, Sendable {
    /// Anywhere: a file system may be reached under several roots.
    case always
    /// Where only a command's context would say which directory is meant, or nothing does; the names are unusual.
    case ifUncertain
    case throughProcess
    /// At the beginning of a path that starts there, and goes up so far or further: from a directory below the one we
    /// know, fewer steps lead up to it.
    case atBeginning(PathReading.Start, above: Int)
  }

  var segments: [FoldedSegment]
  var condition: Condition

  static func segments(_ path: [UInt8]) -> [FoldedSegment] {
    foldedForComparison(path).split(separator: UInt8(ascii: "/")).map { FoldedSegment(folded: Array($0)) }
  }
}

/// What decides about trails before a path's segments are looked at.
struct TrailConditions {
  private let start: PathReading.Start
  private let above: Int
  private let isUncertain: Bool
  private let isThroughProcess: Bool

  init(_ path: borrowing PathReading, in text: Span<UInt8>, inCommand: Bool) {
    start = path.start
    above = path.above
    isThroughProcess = path.isThroughProcess(in: text)
    isUncertain = inCommand || start == .unknown || above > 0 || path.wentBack || isThroughProcess
  }

  /// Whether the condition holds for a trail that begins at that position.
  func meet(_ condition: Trail.Condition, at position: Int = 0) -> Bool {
    switch condition {
    case .always: true
    case .ifUncertain: isUncertain
    case .throughProcess: isThroughProcess
    case .atBeginning(let start, let above):
      position == 0 && above <= self.above && (start == self.start || self.start == .unknown)
    }
  }
}

/// The trails to all protected files, each once.
struct TrailList {
  private(set) var all: [Trail] = []
  /// Where paths start that lie below a protected file whatever they say.
  private(set) var inside: [Trail.Condition] = []
  private var seen: Set<Trail> = []
  private let starts: [(start: PathReading.Start, base: [FoldedSegment])]

  init(_ bases: PathBases) {
    starts =
      bases.directories.map { (.directory, Trail.segments($0)) } + bases.homes.map { (.home, Trail.segments($0)) }
  }

  mutating func add(_ segments: [FoldedSegment], _ condition: Trail.Condition) {
    let trail = Trail(segments: segments, condition: condition)
    if !segments.isEmpty, seen.insert(trail).inserted { all.append(trail) }
  }

  /// A protected place, from the root: what leads there from anywhere.
  mutating func add(place: [FoldedSegment]) {
    guard !place.isEmpty else { return }
    add(place, .always)
    add(place.suffix(1), .throughProcess)
    for (start, base) in starts {
      for above in 0...base.count {
        add(place, from: base.dropLast(above), .atBeginning(start, above: above))
      }
    }
  }

  private mutating func add(
    _ place: [FoldedSegment], from base: ArraySlice<FoldedSegment>, _ condition: Trail.Condition
  ) {
    guard let last = base.last else { return }
    for count in 1...place.count where place[count - 1] == last && base.suffix(count).elementsEqual(place[..<count]) {
      add(Array(place[count...]), condition)
    }
    let isInside = base.count >= place.count && base.indices.contains { base[$0...].starts(with: place) }
    if isInside, !inside.contains(condition) { inside.append(condition) }
  }
}

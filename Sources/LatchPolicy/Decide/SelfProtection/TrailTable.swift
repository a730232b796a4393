/// Trails by their last segment, where a path is held against them. Flat, so that nothing is counted on the way: a path
/// may have millions of segments.
struct TrailTable: Sendable {
  private struct Entry: Sendable {
    var condition: Trail.Condition
    /// The segments but the last, from behind: numbers of `names`, which stand in `steps`.
    var steps: Range<Int>
  }

  /// The trails with one last segment.
  private struct Ending: Sendable {
    var name: Int
    var entries: Range<Int>
    /// A segment that is this one has at least so many bytes.
    var fewestBytes: Int
  }

  private let names: TextList
  private var steps: [Int] = []
  private var entries: [Entry] = []
  private var endings: [Ending] = []
  /// For each byte that a segment may end with, where in `candidates` the endings begin that it may be.
  private var firstCandidates: [Int] = []
  private var candidates: [Int] = []

  init(_ trails: [Trail]) {
    var numbers: [FoldedSegment: Int] = [:]
    var segments: [FoldedSegment] = []
    for segment in trails.lazy.flatMap(\.segments) where numbers[segment] == nil {
      numbers[segment] = segments.count
      segments.append(segment)
    }
    names = TextList(segments.map(\.bytes))
    let byLast = Dictionary(grouping: trails) { $0.segments.last }
    var byByte: [[Int]] = Array(repeating: [], count: 256)
    for (name, segment) in segments.enumerated() {
      guard let trails = byLast[segment] else { continue }
      for byte in segment.lastBytes { byByte[Int(byte)].append(endings.count) }
      let first = entries.count
      for trail in trails { add(trail, numbers) }
      endings.append(Ending(name: name, entries: first..<entries.count, fewestBytes: segment.fewestBytes))
    }
    for endings in byByte {
      firstCandidates.append(candidates.count)
      candidates += endings
    }
    firstCandidates.append(candidates.count)
  }

  private mutating func add(_ trail: Trail, _ numbers: [FoldedSegment: Int]) {
    let first = steps.count
    steps += trail.segments.dropLast().reversed().compactMap { numbers[$0] }
    entries.append(Entry(condition: trail.condition, steps: first..<steps.count))
  }

  var lastSegments: [[UInt8]] { endings.map { Array(names.bytes[names.range($0.name)]) } }

  /// Whether the path follows a trail whose condition is met.
  func anyIsFollowed(by path: borrowing PathReading, in text: Span<UInt8>, _ conditions: TrailConditions) -> Bool {
    for position in path.segments.indices {
      let segment = Range(path.segments[position])
      let last = Int(text[segment.upperBound - 1])
      for candidate in firstCandidates[last]..<firstCandidates[last + 1] {
        let ending = endings[candidates[candidate]]
        guard ending.fewestBytes <= segment.count, isName(ending.name, text, segment) else { continue }
        if anyIsFollowed(of: ending, by: path, to: position, in: text, conditions) { return true }
      }
    }
    return false
  }

  private func anyIsFollowed(
    of ending: Ending, by path: borrowing PathReading, to position: Int, in text: Span<UInt8>,
    _ conditions: TrailConditions
  ) -> Bool {
    for entry in ending.entries {
      let steps = entries[entry].steps
      guard steps.count <= position, conditions.meet(entries[entry].condition, at: position - steps.count) else {
        continue
      }
      if isFollowed(steps, by: path, to: position, in: text) { return true }
    }
    return false
  }

  private func isFollowed(
    _ steps: Range<Int>, by path: borrowing PathReading, to position: Int, in text: Span<UInt8>
  ) -> Bool {
    for step in steps.indices {
      let segment = Range(path.segments[position - 1 - (step - steps.lowerBound)])
      if !isName(self.steps[step], text, segment) { return false }
    }
    return true
  }

  private func isName(_ name: Int, _ text: Span<UInt8>, _ segment: Range<Int>) -> Bool {
    FoldedSegment.isFolded(text, segment, to: names.bytes.span.extracting(names.range(name)))
  }
}

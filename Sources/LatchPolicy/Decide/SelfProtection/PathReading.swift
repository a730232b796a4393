/// One way to read a text as a path: where it starts from, and where its segments stand in the text, with `.`, `..` and
/// doubled slashes resolved.
struct PathReading {
  enum Start { case root, home, directory, unknown }

  private(set) var start = Start.directory
  /// How many directories above the start it goes.
  private(set) var above = 0
  private(set) var segments: [Range<UInt32>] = []
  /// Whether a `..` undid a segment, which on disk may have been a link to elsewhere.
  private(set) var wentBack = false
  /// What follows the segment that only says where the path starts.
  private(set) var rest = 0..<0
  /// Whether its segments are others than a system sees in the text as it stands.
  private(set) var isRewritten = false

  /// What is asked of a reading of a part of a text.
  typealias Question = (_ path: borrowing PathReading, _ text: Span<UInt8>, _ part: Range<Int>) -> Bool

  /// Whether any way to read the part of the text is wanted; it may be read in another text, where it is decoded.
  mutating func any(of text: Span<UInt8>, _ part: Range<Int>, isWanted: Question) -> Bool {
    read(text, part)
    if isWanted(self, text, part) { return true }
    guard let path = FileURL.path(in: text, part) else { return false }
    let bare = FileURL.bare(path, in: text)
    return anyDecoded(of: text, path, isWanted) || bare != path && anyDecoded(of: text, bare, isWanted)
  }

  private mutating func anyDecoded(of text: Span<UInt8>, _ part: Range<Int>, _ isWanted: Question) -> Bool {
    let decoded = PercentEncoding.decoded(part.map { text[$0] })
    // As in `PathWords`, C reads only as far as a NUL.
    for end in [decoded.count, decoded.firstIndex(of: 0)].compactMap(\.self) {
      read(decoded.span, 0..<end)
      if isWanted(self, decoded.span, 0..<end) { return true }
    }
    return false
  }
}

extension PathReading {
  /// Reads the part of the text in the place of what was read before, whose memory is used again.
  mutating func read(_ text: Span<UInt8>, _ part: Range<Int>) {
    segments.removeAll(keepingCapacity: true)
    above = 0
    wentBack = false
    isRewritten = false
    readStart(text, part)
    var begin = rest.lowerBound
    for index in rest where isSeparator(text[index]) {
      if text[index] != slash { isRewritten = true }
      append(begin..<index, of: text)
      begin = index + 1
    }
    append(begin..<rest.upperBound, of: text)
  }

  @inline(__always)
  private mutating func append(_ segment: Range<Int>, of text: Span<UInt8>) {
    if segment.count <= 2, segment.allSatisfy({ text[$0] == UInt8(ascii: ".") }) {
      if segment.count == 2 { goBack() }
      return
    }
    segments.append(UInt32(segment.lowerBound)..<UInt32(segment.upperBound))
  }

  private mutating func goBack() {
    isRewritten = true
    if segments.popLast() != nil {
      wentBack = true
    } else if start != .root {
      above += 1
    }
  }

  private mutating func readStart(_ text: Span<UInt8>, _ part: Range<Int>) {
    start = .directory
    rest = part
    guard let first = part.first.map({ text[$0] }) else { return }
    if isSeparator(first) {
      start = .root
    } else if first == UInt8(ascii: "~") || first == UInt8(ascii: "$") {
      let segment = part.lowerBound..<(part.first { isSeparator(text[$0]) } ?? part.upperBound)
      start = first == UInt8(ascii: "~") ? .home : Self.start(atVariable: text, segment)
      rest = min(segment.upperBound + 1, part.upperBound)..<part.upperBound
    }
  }

  private static func start(atVariable text: Span<UInt8>, _ segment: Range<Int>) -> Start {
    if home.contains(where: { $0.equals(text, segment) }) { return .home }
    return workingDirectory.contains { $0.equals(text, segment) } ? .directory : .unknown
  }

  private static let home = [FoldedSegment("$home"), FoldedSegment("${home}")]
  private static let workingDirectory = [FoldedSegment("$pwd"), FoldedSegment("${pwd}")]

  /// `/proc/self/cwd/…`, `/dev/fd/3/…`: directories that a name does not tell.
  func isThroughProcess(in text: Span<UInt8>) -> Bool {
    guard start == .root, let first = segments.first else { return false }
    return Self.ofProcesses.contains { $0.equals(text, Range(first)) }
  }

  private static let ofProcesses = [FoldedSegment("proc"), FoldedSegment("dev")]
}

extension Range<Int> {
  init(_ range: Range<UInt32>) { self = Int(range.lowerBound)..<Int(range.upperBound) }
}

private let slash = UInt8(ascii: "/")

private func isSeparator(_ byte: UInt8) -> Bool { byte == slash || byte == UInt8(ascii: "\\") }

/// `file:` URLs (RFC 8089), in any case and with any host.
private enum FileURL {
  /// The path, with what may be query and fragment, not decoded; nil where the text is no such URL.
  static func path(in text: Span<UInt8>, _ part: Range<Int>) -> Range<Int>? {
    let scheme = part.prefix(5)
    guard part.count > 5, zip(scheme, "file:".utf8).allSatisfy({ lowercased(text[$0]) == $1 }) else { return nil }
    let path = scheme.upperBound..<part.upperBound
    guard path.prefix(2).count == 2, path.prefix(2).allSatisfy({ text[$0] == slash }) else { return path }
    let afterHost = path.dropFirst(2)
    return (afterHost.first { isSeparator(text[$0]) } ?? path.upperBound)..<path.upperBound
  }

  /// Without what may be query and fragment.
  static func bare(_ path: Range<Int>, in text: Span<UInt8>) -> Range<Int> {
    path.prefix { text[$0] != UInt8(ascii: "?") && text[$0] != UInt8(ascii: "#") }
  }
}

import LatchAutomata
import LatchSource

/// A glob of `include:`, taken apart at `/`: which paths it matches, and which directories may lead to one.
///
/// It is walked as an automaton over segments (a set of positions in the pattern), so that no pattern, however many
/// `**` it has, makes a path or a directory be looked at twice.
struct IncludePattern: Sendable {
  enum Segment: Sendable {
    /// `**`: any directories.
    case anyDirectories
    case literal(String)
    case name(Automaton)

    func matches(_ name: String) -> Bool {
      switch self {
      case .anyDirectories: true
      case .literal(let text): text.utf8.elementsEqual(name.utf8)
      case .name(let automaton): automaton.accepts(name.utf8)
      }
    }
  }

  /// Why a text is no pattern.
  enum Refusal: Error { case leavesProject, notYAML, badGlob(String) }

  let segments: [Segment]

  init(_ text: String) throws(Refusal) {
    var segments: [Segment] = []
    for part in pathSegments(text) {
      if ["", ".", ".."].contains(part) { throw .leavesProject }
      segments.append(try Self.segment(part))
    }
    self.segments = segments
    guard namesYAML else { throw .notYAML }
  }

  /// Whether only files are named whose name says that they are YAML. What is found in a file is shown with its lines,
  /// and those of `.git/config` or `.env` are not for everybody who reads what CI says.
  private var namesYAML: Bool {
    switch segments.last {
    case .literal(let text): Self.yaml?.accepts(text.utf8) == true
    case .name(let automaton): Self.yaml.flatMap { try? automaton.isSubset(of: $0) } == true
    case .anyDirectories, nil: false
    }
  }

  private static let yaml = try? Automaton.glob("*.{yaml,yml}")

  private static func segment(_ part: String) throws(Refusal) -> Segment {
    if part == "**" { return .anyDirectories }
    if !isGlob(part) { return .literal(part) }
    do { return .name(try Automaton.glob(part)) } catch { throw .badGlob(error.message) }
  }

  /// What would be taken up as soon as it were there: the directory before the first wildcard (`.` for the project), and
  /// what the last segments are below it, which may say too much and never too little. nil where the pattern names one
  /// file.
  static func family(of text: String) -> (directory: String, patterns: [[String]])? {
    let parts = pathSegments(text)
    guard let first = parts.firstIndex(where: isGlob), let last = parts.last else { return nil }
    let directory = parts[..<min(first, parts.count - 1)].joined(separator: "/")
    let below = parts[first...].dropLast().map(widened).drop { $0 == "*" }
    let start = below.lastIndex(of: "**").map { $0 + 1 } ?? below.startIndex
    let parents = Array(below[start...].drop { $0 == "*" })
    let name = widened(last)
    let isPlain = [".yaml", ".yml"].contains { name.utf8.suffix($0.utf8.count).elementsEqual($0.utf8) }
    let names = isPlain ? [name] : ["*.yaml", "*.yml"]
    return (directory.isEmpty ? "." : directory, names.map { parents + [$0] })
  }

  /// The segment with `*` in the place of everything that is not itself.
  private static func widened(_ part: String) -> String {
    if part == "**" { return part }
    guard let first = part.utf8.firstIndex(where: wildcards.contains),
      let last = part.utf8.lastIndex(where: wildcards.contains)
    else { return part }
    return String(part[..<first]) + "*" + String(part[part.utf8.index(after: last)...])
  }

  private static let wildcards = Array("*?[]{}\\".utf8)

  private static func isGlob(_ part: String) -> Bool { part.utf8.contains(where: wildcards.contains) }

  /// Where a walk begins.
  var start: Set<Int> { closed([0]) }

  /// The positions after a segment of a path.
  func step(_ positions: Set<Int>, _ name: String) -> Set<Int> {
    var next: Set<Int> = []
    for position in positions where position < segments.count && segments[position].matches(name) {
      if case .anyDirectories = segments[position] { next.insert(position) } else { next.insert(position + 1) }
    }
    return closed(next)
  }

  /// Whether the path walked so far is matched whole.
  func accepts(_ positions: Set<Int>) -> Bool { positions.contains(segments.count) }

  /// Whether a path that begins with what was walked so far may be matched.
  func leadsOn(_ positions: Set<Int>) -> Bool { positions.contains { $0 < segments.count } }

  func matches(_ path: String) -> Bool {
    accepts(pathSegments(path).reduce(start) { step($0, $1) })
  }

  /// Whether a segment of the pattern itself, not `**` alone, names `name`.
  func names(_ name: String, at positions: Set<Int>) -> Bool {
    positions.contains { position in
      guard position < segments.count else { return false }
      if case .anyDirectories = segments[position] { return false }
      return segments[position].matches(name)
    }
  }

  /// `**` stands for no directory too, but a path does not end with it.
  private func closed(_ positions: Set<Int>) -> Set<Int> {
    var closed = positions
    for position in segments.indices where closed.contains(position) {
      if case .anyDirectories = segments[position] { closed.insert(position + 1) }
    }
    return closed
  }
}

/// The text between the slashes, empty segments too.
func pathSegments(_ path: String) -> [String] {
  path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map {
    String(decoding: Array($0), as: UTF8.self)
  }
}

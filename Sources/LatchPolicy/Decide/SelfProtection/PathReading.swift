import LatchAutomata

/// One way to read a text as a path: where it starts from, and its segments after NFC and case folding, with `.`,
/// `..` and doubled slashes resolved.
struct PathReading {
  enum Start { case root, home, directory, unknown }

  var start: Start
  /// How many directories above the start it goes.
  var above = 0
  var segments: [ArraySlice<UInt8>] = []
  /// Whether a `..` undid a segment, which on disk may have been a link to elsewhere.
  var wentBack = false

  static func all(of text: ArraySlice<UInt8>) -> [PathReading] {
    guard let url = FileURL.paths(of: text) else { return [PathReading(text)] }
    return ([Array(text)] + url).map { PathReading($0[...]) }
  }

  init(_ text: ArraySlice<UInt8>) {
    let path = foldedForComparison(text.map { $0 == UInt8(ascii: "\\") ? slash : $0 })
    var segments = path.split(separator: slash)[...]
    if path.first == slash {
      start = .root
    } else {
      start = Self.start(at: segments.first ?? [])
      if start != .directory || Self.isWorkingDirectory(segments.first ?? []) { segments = segments.dropFirst() }
    }
    for segment in segments { append(segment) }
  }

  private mutating func append(_ segment: ArraySlice<UInt8>) {
    if segment.elementsEqual(".".utf8) { return }
    guard segment.elementsEqual("..".utf8) else { return segments.append(segment) }
    if segments.popLast() != nil {
      wentBack = true
    } else if start != .root {
      above += 1
    }
  }

  private static func start(at segment: ArraySlice<UInt8>) -> Start {
    switch segment.first {
    case UInt8(ascii: "~"): .home
    case UInt8(ascii: "$"):
      isVariable(segment, "home") ? .home : isWorkingDirectory(segment) ? .directory : .unknown
    default: .directory
    }
  }

  private static func isWorkingDirectory(_ segment: ArraySlice<UInt8>) -> Bool { isVariable(segment, "pwd") }

  /// `name` in small letters: the text is folded.
  private static func isVariable(_ segment: ArraySlice<UInt8>, _ name: String) -> Bool {
    segment.elementsEqual("$\(name)".utf8) || segment.elementsEqual("${\(name)}".utf8)
  }
}

private let slash = UInt8(ascii: "/")

/// `file:` URLs (RFC 8089), in any case and with any host.
private enum FileURL {
  /// The path decoded, with and without what may be query and fragment; nil where the text is no such URL.
  static func paths(of text: ArraySlice<UInt8>) -> [[UInt8]]? {
    guard text.count > 5, text.prefix(5).map(lowercased).elementsEqual("file:".utf8) else { return nil }
    var path = text.dropFirst(5)
    if path.starts(with: "//".utf8) {
      let afterHost = path.dropFirst(2)
      path = afterHost[(afterHost.firstIndex { $0 == slash || $0 == UInt8(ascii: "\\") } ?? afterHost.endIndex)...]
    }
    let bare = path.prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
    return [path, bare].map { PercentEncoding.decoded(Array($0)) }
  }
}

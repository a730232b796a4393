import LatchAutomata

extension CleanPath {
  /// Hands on the path as denying places compare it, after NFC and simple case folding.
  ///
  /// That is the path's own bytes where they are folded already; a path of ASCII costs no allocation.
  @inline(__always)
  package func withFolded<Result>(in text: Span<UInt8>, _ body: (Span<UInt8>) -> Result) -> Result {
    let path = text.extracting(range)
    for index in path.indices where path[index] >= 0x80 {
      return body(foldedForComparison(copy(path)).span)
    }
    return withLowercased(path, body)
  }

  /// What is left of a clean path below another one, by whole segments: nothing where they are the same, else a text
  /// that begins with `/`; nil where the path does not lie there.
  ///
  /// Both are without a final `/`, unless they are the root, and both folded or both as they stood.
  package static func remainder(of path: Span<UInt8>, below base: [UInt8]) -> Range<Int>? {
    precondition(base.first == slash, "what a path lies below is a clean path too")
    if base.count == 1 { return path.count == 1 ? 1..<1 : 0..<path.count }
    guard path.count >= base.count else { return nil }
    for index in base.indices where path[index] != base[index] { return nil }
    guard path.count == base.count || path[base.count] == slash else { return nil }
    return base.count..<path.count
  }
}

private let slash = UInt8(ascii: "/")

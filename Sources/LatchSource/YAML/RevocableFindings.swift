/// Findings that can be taken back by their place: by line, since a text may have as many findings as reasons to take
/// some of them back.
struct RevocableFindings {
  private let source: Source
  /// Nil where it was taken back; the last never is.
  private var all: [Diagnostic?] = []
  /// What begins on a line, by index.
  private var onLine: [Int: [Int]] = [:]

  init(_ source: Source) { self.source = source }

  var kept: [Diagnostic] { all.compactMap(\.self) }

  var last: Diagnostic? { all.last ?? nil }

  mutating func append(_ finding: Diagnostic) {
    if let span = finding.span { onLine[source.lineIndex(of: span.start), default: []].append(all.count) }
    all.append(finding)
  }

  /// Takes back what begins in a range.
  mutating func revoke(within range: Range<Int>) {
    guard !range.isEmpty, !onLine.isEmpty else { return }
    for line in source.lineIndex(of: range.lowerBound)...source.lineIndex(of: range.upperBound - 1) {
      guard let indices = onLine[line] else { continue }
      let revoked = indices.filter { all[$0]?.span.map { range.contains($0.start) } == true }
      guard !revoked.isEmpty else { continue }
      for index in revoked { all[index] = nil }
      onLine[line] = indices.filter { all[$0] != nil }
    }
    while let last = all.last, last == nil { all.removeLast() }
  }
}

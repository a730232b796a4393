package import LatchSource

/// A comment by which an author takes a warning upon himself: `# latch: allow L3106 because it only lists programs`.
///
/// It stands at the end of the line that is warned of, or on lines of its own above it.
package struct Suppression: Sendable {
  package var codes: [Spanned<DiagnosticCode>]
  /// Why; there is always one.
  package var reason: String
  /// The line that it is about, from 0.
  package var line: Int
  package var file: Int32
}

/// The suppressions among a text's comments, and what is wrong with those that are none.
func suppressions(in comments: [Span], of source: Source) -> Outcome<[Suppression]> {
  var suppressions: [Suppression] = []
  var found: [Diagnostic] = []
  let places = CommentPlaces(comments, in: source)
  for comment in comments {
    guard var scan = SuppressionScan(comment, in: source) else { continue }
    let codes = scan.codes()
    guard !codes.isEmpty else {
      found.append(.badSuppression(at: comment))
      continue
    }
    guard let reason = scan.reason() else {
      found.append(.unexplainedSuppression(at: comment))
      continue
    }
    let line = places.line(after: source.lineIndex(of: comment.start))
    suppressions.append(Suppression(codes: codes, reason: reason, line: line, file: source.file))
  }
  return Outcome(suppressions, found)
}

/// What the comments of a text are about, found from its end: many may stand below each other.
private struct CommentPlaces {
  /// Of a line that holds nothing but a comment: the next one that holds more.
  private var next: [Int: Int] = [:]

  init(_ comments: [Span], in source: Source) {
    let alone = Set(comments.filter { isAlone($0, in: source) }.map { source.lineIndex(of: $0.start) })
    for line in alone.sorted(by: >) {
      var below = line + 1
      while below < source.lineStarts.count, !alone.contains(below), isBlank(source.lineRange(below), in: source) {
        below += 1
      }
      next[line] = next[below] ?? below
    }
  }

  func line(after comment: Int) -> Int { next[comment] ?? comment }
}

private func isAlone(_ comment: Span, in source: Source) -> Bool {
  let line = source.lineRange(source.lineIndex(of: comment.start))
  return isBlank(line.lowerBound..<comment.start, in: source)
}

private func isBlank(_ range: Range<Int>, in source: Source) -> Bool {
  source.bytes[range].allSatisfy { $0 == 0x20 || $0 == 0x09 }
}

/// Reads `# latch: allow CODE, CODE because REASON`.
private struct SuppressionScan {
  private let comment: Span
  private let bytes: ArraySlice<UInt8>
  private var position: Int

  /// nil for a comment that is not meant for Latch.
  init?(_ comment: Span, in source: Source) {
    self.comment = comment
    bytes = source.bytes[source.clamped(comment)]
    position = bytes.startIndex + 1
    skipSpace()
    guard position < bytes.endIndex, bytes[position...].starts(with: "latch:".utf8) else { return nil }
    position += 6
  }

  mutating func codes() -> [Spanned<DiagnosticCode>] {
    guard word().text == "allow" else { return [] }
    var codes: [Spanned<DiagnosticCode>] = []
    while true {
      let before = position
      let (text, span) = word()
      guard let code = DiagnosticCode(text) else {
        position = before
        return codes
      }
      codes.append(Spanned(code, span))
    }
  }

  mutating func reason() -> String? {
    guard word().text == "because" else { return nil }
    skipSpace()
    return position < bytes.endIndex ? String(decoding: bytes[position...], as: UTF8.self) : nil
  }

  /// The next word; commas stand between words, too.
  private mutating func word() -> (text: String, span: Span) {
    skipSpace()
    let start = position
    while position < bytes.endIndex, !isSpace(bytes[position]) { position += 1 }
    return (
      String(decoding: bytes[start..<position], as: UTF8.self), Span(file: comment.file, start: start, end: position)
    )
  }

  private mutating func skipSpace() {
    while position < bytes.endIndex, isSpace(bytes[position]) { position += 1 }
  }

  private func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == UInt8(ascii: ",") }
}

extension Diagnostic {
  fileprivate static func badSuppression(at span: Span) -> Diagnostic {
    Diagnostic(
      "L3119", .warning, "a comment for Latch reads `# latch: allow L3106 because …`; this one suppresses nothing",
      at: span)
  }

  fileprivate static func unexplainedSuppression(at span: Span) -> Diagnostic {
    Diagnostic(
      "L3119", .warning, "a warning is suppressed with a reason: `because …`; without one it stays", at: span)
  }
}

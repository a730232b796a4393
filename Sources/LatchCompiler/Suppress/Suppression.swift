package import LatchSource

/// A comment by which an author takes a warning upon himself: `# latch: allow L3106 because it only lists programs`.
///
/// It stands at the end of the line that is warned of, or on lines of its own above it. Where a rule, another element of
/// a list or an entry of a map begins on that line, it is about all of it.
package struct Suppression: Sendable {
  package var codes: [Spanned<DiagnosticCode>]
  /// Why; there is always one.
  package var reason: String
  /// What it is about: whole lines, or up to the end of what begins on the first.
  package var place: Span
}

/// The suppressions among a text's comments, and what is wrong with those that are none.
func suppressions(in text: YAMLNode) -> Outcome<[Suppression]> {
  let (source, comments) = (text.tree.source, text.tree.comments)
  var suppressions: [Suppression] = []
  var found: [Diagnostic] = []
  lazy var places = SuppressedPlaces(text)
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
    suppressions.append(Suppression(codes: codes, reason: reason, place: places[comment]))
  }
  return Outcome(suppressions, found)
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

/// A clean absolute path (language.md §5, note 1) as its segments.
struct PlainPath {
  let segments: [Text]

  /// nil: the text is none.
  init?(_ string: String) {
    var text = Text(string)
    if Text(text.prefix(8)).lowercased.starts(with: "file:///") {
      text = Text(text.dropFirst(7))
      // A reader of URLs must see the same path.
      guard !text.contains(where: { "%?#".unicodeScalars.contains($0) }) else { return nil }
    }
    guard text.first == "/", !text.endsInWhatProgramsStrip else { return nil }
    var segments = text.segments.dropFirst()
    if segments.last?.isEmpty == true { segments = segments.dropLast() }
    let isClean = segments.allSatisfy { segment in
      !segment.isEmpty && segment != ["."] && segment != [".", "."]
        && !segment.contains { $0.isControl || $0 == "\\" }
    }
    guard isClean else { return nil }
    self.segments = Array(segments)
  }

  private init(segments: [Text]) { self.segments = segments }

  /// As it is compared in a denying place.
  var folded: PlainPath { PlainPath(segments: segments.map(\.foldedForComparison)) }

  /// Without a final `/`.
  var text: Text { segments.isEmpty ? ["/"] : Text(segments.map { ["/"] + $0 }.joined()) }

  /// Whether it is the directory or below it.
  func isWithin(_ directory: PlainPath) -> Bool { segments.starts(with: directory.segments) }
}

extension Text {
  /// White space or a quotation mark, without which some programs open what is left.
  fileprivate var endsInWhatProgramsStrip: Bool {
    last.map { $0.properties.isWhitespace || $0 == "\u{200B}" || $0 == "\u{FEFF}" || "\"'".unicodeScalars.contains($0) }
      ?? true
  }
}

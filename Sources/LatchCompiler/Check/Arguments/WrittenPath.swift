import LatchPolicy
import LatchSource

/// An argument path as it stands in a file: where each of its steps is.
struct WrittenPath {
  private let whole: Span
  /// nil where the path is written with quoted names or escapes.
  private let places: [Span]?
  /// How many steps stand here; under `fields` an argument path begins with those of the map around it.
  let stepCount: Int

  init(_ path: Spanned<ArgumentPath>, in model: Model) {
    whole = path.span
    let written = Array(model[path.span].utf8)
    let isQuoted = written.first == UInt8(ascii: "'") || written.first == UInt8(ascii: "\"")
    let text = isQuoted ? Array(written.dropFirst().dropLast()) : written
    let steps = (try? readArgumentPath(String(decoding: text, as: UTF8.self)))?.steps
    stepCount = min(steps?.count ?? path.value.steps.count, path.value.steps.count)
    let isPlain = !text.contains { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") || $0 == UInt8(ascii: "'") }
    let ranges = isPlain && steps?.count == stepCount ? Self.ranges(text) : []
    let start = path.span.start + (isQuoted ? 1 : 0)
    places =
      ranges.count == stepCount
      ? ranges.map { Span(file: path.span.file, start: start + $0.lowerBound, end: start + $0.upperBound) } : nil
  }

  /// The place of a step; the whole path's where it cannot be told.
  subscript(step: Int) -> Span { places.map { $0[step] } ?? whole }

  /// Whether another name can be put in the step's place.
  func canReplace(_ step: Int) -> Bool { places != nil || stepCount == 1 }

  /// Names, and indices with their brackets.
  private static func ranges(_ text: [UInt8]) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var start = 0
    for (offset, byte) in text.enumerated() where byte == UInt8(ascii: ".") || byte == UInt8(ascii: "[") {
      if offset > start { ranges.append(start..<offset) }
      start = byte == UInt8(ascii: ".") ? offset + 1 : offset
    }
    if start < text.count { ranges.append(start..<text.count) }
    return ranges
  }
}

import LatchJSON

/// The id of a request or answer, by which the two belong together: `1` and `"1"` are two, `"a"` and `"\u0061"` one.
struct MessageKey: Sendable, Hashable {
  private let content: [UInt8]

  /// Whether it is longer than what anyone answers to.
  var isTooLong: Bool { content.count > 4097 }

  /// A text that needs no escapes.
  init(text: String) { content = [0x22] + text.utf8 }

  /// nil if the value is no id that all readers read alike.
  init?(_ place: MessageScan.Place?, of scan: borrowing MessageScan, in line: [UInt8]) {
    guard let place, place.kind == .string || place.kind == .number else { return nil }
    // The quote keeps a text apart from a number.
    content = (place.kind == .string ? [0x22] : []) + scan.content(place, in: line)
  }
}

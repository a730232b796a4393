extension CleanPath {
  /// Why a text is not a clean absolute path.
  package enum Problem: Error, Sendable, Equatable, CaseIterable {
    case empty, notAbsolute, doubledStart, emptySegment, dot, dotDot, control, backslash, strippedEnd, fileURL

    package var message: String {
      switch self {
      case .empty: "it is empty; a path begins with `/`"
      case .notAbsolute: "it does not begin with `/`"
      case .doubledStart: "it begins with `//`, which some programs read as a host's name; begin it with one `/`"
      case .emptySegment: "it holds `//`; write one `/`"
      case .dot: "it holds the segment `.`; leave it out"
      case .dotDot: "it holds the segment `..`; write the path that is meant"
      case .control: "it holds a control character"
      case .backslash: "it holds a backslash, which some programs read as `/`"
      case .strippedEnd: "it ends in white space or a quotation mark, which some programs strip"
      case .fileURL: "a `file:` URL is read as a path only where it is `file:///path` without `%`, `?` and `#`"
      }
    }
  }

  /// What is wrong with a text as a clean absolute path, in plain words; nil if nothing is.
  package static func problem(_ text: String) -> String? {
    do throws(Problem) {
      _ = try CleanPath(Array(text.utf8).span)
      return nil
    } catch {
      return error.message
    }
  }
}

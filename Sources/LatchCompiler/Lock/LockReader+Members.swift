import LatchJSON
import LatchPolicy
import LatchSource

/// What a lock is made of, and what is said where it is made of something else.
extension LockReader {
  static let help = "latch.lock is written by Latch alone; run `latch sync`"

  /// An object's values by name; tells of members that are missing or have no place here.
  mutating func members(
    of index: Int, required: [String], optional: [String] = []
  ) -> [String: Int]? {
    guard document.kind(index) == .object else {
      blame(index, "an object has to stand here, with \(required.map { "`\($0)`" }.joined(separator: ", "))")
      return nil
    }
    var members: [String: Int] = [:]
    for name in document.children(of: index) {
      let spelling =
        required.first { document.content(name).elementsEqual($0.utf8) }
        ?? optional.first { document.content(name).elementsEqual($0.utf8) }
      if let spelling {
        members[spelling] = name + 1
      } else {
        blame(name, "`\(document.string(name))` has no place in a lock of this version")
      }
    }
    let missing = required.filter { members[$0] == nil }
    for name in missing { blame(index, "`\(name)` is missing here", narrow: true) }
    return missing.isEmpty ? members : nil
  }

  mutating func elements(_ index: Int?) -> [Int] {
    guard let index else { return [] }
    guard document.kind(index) == .array else {
      blame(index, "a list has to stand here")
      return []
    }
    return Array(document.children(of: index))
  }

  mutating func string(_ index: Int?) -> String? {
    guard let index else { return nil }
    guard document.kind(index) == .string else {
      blame(index, "a string has to stand here")
      return nil
    }
    return document.string(index)
  }

  mutating func digest(_ index: Int?) -> String? {
    guard let index, let text = string(index) else { return nil }
    guard SHA256Digest.isPrefixed(text) else {
      blame(index, "a digest is `sha256:` and 64 lower-case hexadecimal digits")
      return nil
    }
    return text
  }

  /// Tells of two elements with one name.
  mutating func blameTwins(_ elements: [Int], called what: String) {
    var first: [[UInt8]: Int] = [:]
    for element in elements {
      guard let name = document.member("name", of: element) else { continue }
      let bytes = Array(document.content(name))
      guard let twin = first[bytes] else {
        first[bytes] = name
        continue
      }
      found.append(
        Diagnostic(
          "L4003", .error, "\(what) `\(document.string(name))` stands twice in the lock", at: span(name),
          notes: [Note("the first is here", at: span(twin))], help: Self.help))
    }
  }

  mutating func blame(_ index: Int, _ message: String, narrow: Bool = false) {
    found.append(Diagnostic("L4003", .error, message, at: narrow ? narrowSpan(index) : span(index), help: Self.help))
  }

  func span(_ index: Int) -> Span { Span(file: file, document.place(index)) }

  /// Where a value begins: an object's whole text would hide what is meant.
  private func narrowSpan(_ index: Int) -> Span {
    let place = document.place(index)
    return Span(file: file, start: place.lowerBound, end: min(place.lowerBound + 1, place.upperBound))
  }
}

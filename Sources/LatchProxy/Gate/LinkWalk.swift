import CLatchProcess

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Follows the links in paths for one decision, during which the file system is taken to stand still.
package final class LinkWalk {
  /// How often the file system may still be asked, so that no call is judged for more than about a second.
  private var questions: Int
  /// Directories that paths began with, and where they lead: most paths begin with the same few.
  private var known: [(path: [UInt8], real: RealPath)] = []
  private var oldest = 0

  /// Whether the system is asked about whole paths first.
  private let asksAtOnce: Bool

  package init(questions: Int = 1 << 20, asksAtOnce: Bool = true) {
    self.questions = questions
    self.asksAtOnce = asksAtOnce
  }

  /// Where a path from the root leads once every link in it is followed, those too that lead to what is not there yet:
  /// whoever writes to them makes it. What is not there is taken for a directory.
  ///
  /// nil if there are more links on the way than any system follows, as a rule a loop: a program that follows them by
  /// itself may still get somewhere. nil too if too much has been asked. What lies below `/proc` is another file for each
  /// process, and stays as it stands.
  package func destination(of path: [UInt8]) -> [UInt8]? {
    if asksAtOnce, questions > 0, path.isClean {
      questions -= 1 + path.count / 32
      let holdsNoLink = unsafe path.withUnsafeBufferPointer { unsafe latch_holds_no_link($0.baseAddress, $0.count) }
      if holdsNoLink == 1 { return path }
    }
    let start = known.lazy.filter { path.begins(with: $0.path) }.max { $0.path.count < $1.path.count }
    var real = start?.real ?? RealPath()
    var followed = 0
    var directory = start
    questions -= 1
    for segment in path[(start?.path.count ?? 0)...].split(separator: slash) {
      guard enter(segment, &real, &followed) else { return nil }
      if real.exists, segment.endIndex < path.count { directory = (Array(path[..<segment.endIndex]), real) }
    }
    if let directory, directory.path.count != start?.path.count { remember(directory) }
    return real.bytes.isEmpty ? [slash] : real.bytes
  }

  /// Linux follows 40 of them, macOS 32.
  private static let mostLinks = 64

  private func enter(_ segment: ArraySlice<UInt8>, _ real: inout RealPath, _ followed: inout Int) -> Bool {
    var waiting = [segment]
    while let segment = waiting.popLast() {
      guard questions > 0, followed <= Self.mostLinks else { return false }
      guard let target = real.enter(segment, asking: &questions) else { continue }
      followed += 1
      if target.first == slash { real = RealPath() }
      waiting += target.split(separator: slash).reversed()
    }
    return true
  }

  private func remember(_ directory: (path: [UInt8], real: RealPath)) {
    guard known.count == 8 else { return known.append(directory) }
    known[oldest] = directory
    oldest = (oldest + 1) % known.count
  }
}

/// A path without links, as far as there is anything.
private struct RealPath {
  private enum Entry { case link([UInt8]), other, nothing }

  /// Empty for the root.
  private(set) var bytes: [UInt8] = []
  /// How much of it there is; nil: all.
  private var existing: Int?

  var exists: Bool { existing == nil }

  /// Goes on to a segment, unless that is a link: what the link says then.
  mutating func enter(_ segment: ArraySlice<UInt8>, asking questions: inout Int) -> [UInt8]? {
    if segment.elementsEqual(".".utf8) { return nil }
    if segment.elementsEqual("..".utf8) {
      goBack()
      return nil
    }
    let parent = bytes.count
    bytes.append(slash)
    bytes += segment
    guard exists, !bytes.starts(with: "/proc/".utf8) else { return nil }
    questions -= 1
    switch Self.entry(bytes) {
    case .link(let target):
      bytes.removeSubrange(parent...)
      return target
    case .nothing: existing = parent
    case .other: break
    }
    return nil
  }

  private mutating func goBack() {
    bytes.removeSubrange((bytes.lastIndex(of: slash) ?? 0)...)
    if let existing, bytes.count <= existing { self.existing = nil }
  }

  /// What there is of that name. What we may not see a server of the same user may not see either.
  private static func entry(_ path: [UInt8]) -> Entry {
    unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(PATH_MAX)) { buffer in
      let count = unsafe path.withTerminator { text in
        unsafe buffer.baseAddress.map { unsafe readlink(text, $0, buffer.count) } ?? -1
      }
      guard count >= 0 else { return errno == EINVAL ? .other : .nothing }
      return unsafe .link(buffer[..<count].map { UInt8(bitPattern: $0) })
    }
  }
}

private let slash = UInt8(ascii: "/")

extension [UInt8] {
  /// Whether the system can be asked of the path as a whole: from the root, without `.`, `..`, doubled slashes and what
  /// would end it before its end.
  fileprivate var isClean: Bool {
    guard count < Int(PATH_MAX), first == slash else { return false }
    var start = 1
    for index in 1..<count {
      if self[index] == 0 { return false }
      guard self[index] == slash else { continue }
      if isEmptyOrDots(start..<index) { return false }
      start = index + 1
    }
    return !isEmptyOrDots(start..<count)
  }

  private func isEmptyOrDots(_ segment: Range<Int>) -> Bool {
    segment.count <= 2 && self[segment].allSatisfy { $0 == UInt8(ascii: ".") }
  }

  /// The path as C reads it.
  fileprivate func withTerminator<Result>(_ body: (UnsafePointer<CChar>) -> Result) -> Result {
    unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: count + 1) { buffer in
      for index in indices { unsafe buffer[index] = CChar(bitPattern: self[index]) }
      unsafe buffer[count] = 0
      guard let text = buffer.baseAddress else { preconditionFailure("a terminator was written") }
      return unsafe body(text)
    }
  }

  /// Whether the path lies below a directory.
  fileprivate func begins(with directory: [UInt8]) -> Bool {
    count > directory.count && self[directory.count] == slash && starts(with: directory)
  }
}

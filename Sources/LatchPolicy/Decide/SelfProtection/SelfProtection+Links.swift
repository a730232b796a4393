import LatchJSON

extension SelfProtection {
  /// Whether any string of the arguments is a path that leads to a protected file through a link.
  ///
  /// Words of commands are not looked up: a command may make links, and change the directory, before it uses them. Nor
  /// are names that the tool's schema gives to arguments, which no caller chooses.
  func isReached(
    from arguments: Arguments, named names: ArgumentNames?, _ actionClass: ActionClass, links: LinkResolver
  ) -> Bool {
    let document = arguments.document
    var reading = PathReading()
    var argument = arguments.root + 1
    for index in arguments.range where document.isString(index) {
      let text = document.storage.span.extracting(document.contentRange(index))
      if index == argument {
        argument = Int(document.nodes[index + 1].next)
        if names?.giveName(text) == true { continue }
      }
      if PathBases.isOneLongName(text) { continue }
      let isFound = PathWords.anyWhole(of: text) { word in
        reading.any(of: text, word) { path, text, part in
          bases.anyOpened(by: path, in: text, part) { isNamed(behind: $0, actionClass, links) }
        }
      }
      if isFound { return true }
    }
    return false
  }

  /// Whether the path leads elsewhere, and to a protected file. Where that cannot be known it is taken to do so.
  private func isNamed(
    behind path: [UInt8], _ actionClass: ActionClass, _ links: LinkResolver, isLast: Bool = false
  ) -> Bool {
    guard let real = links(path) else { return true }
    if real == path { return false }
    var reading = PathReading()
    if isNamed(by: real.span, actionClass, &reading) { return true }
    // A link into another process may lead back to one of our directories, once.
    reading.read(real.span, real.indices)
    return !isLast
      && bases.anyOpened(throughProcess: reading, in: real.span) {
        isNamed(behind: $0, actionClass, links, isLast: true)
      }
  }
}

extension PathBases {
  /// No system opens longer paths; but a server may shorten one before it does.
  private static let longestPath = 4096

  /// Whether the text is too long for a path and holds nothing that could part or shorten it: no system has such names.
  fileprivate static func isOneLongName(_ text: Span<UInt8>) -> Bool {
    guard text.count > longestPath, text[0] > 0x20, text[text.count - 1] > 0x20 else { return false }
    for start in stride(from: 0, to: text.count, by: 16) {
      let block = TextBlock(text, at: min(start, text.count - 16))
      let found =
        (block.equal(to: slash) | block.equal(to: UInt8(ascii: "\\")))
        | (block.equal(to: UInt8(ascii: "%")) | block.equal(to: 0))
      if found[0] | found[1] != 0 { return false }
    }
    return true
  }

  /// Whether any file is wanted that a server may open by the path: as the text stands, and as it has been read.
  fileprivate func anyOpened(
    by path: borrowing PathReading, in text: Span<UInt8>, _ part: Range<Int>, isWanted: ([UInt8]) -> Bool
  ) -> Bool {
    if part.count <= Self.longestPath {
      if anyOpened(asItStands: text, part, isWanted) { return true }
      if path.rest != part, any(directories(for: path.start), text, path.rest, isWanted) { return true }
    }
    return (path.isRewritten || part.count > Self.longestPath) && anyOpened(resolving: path, in: text, isWanted)
      || anyOpened(throughProcess: path, in: text, isWanted: isWanted)
  }

  private func anyOpened(asItStands text: Span<UInt8>, _ part: Range<Int>, _ isWanted: ([UInt8]) -> Bool) -> Bool {
    guard let first = part.first, text[first] == slash else { return any(directories, text, part, isWanted) }
    return isWanted(copy(text.extracting(part)))
  }

  private func any(
    _ bases: [[UInt8]], _ text: Span<UInt8>, _ part: Range<Int>, _ isWanted: ([UInt8]) -> Bool
  ) -> Bool {
    bases.contains { base in isWanted(path(to: text, part, in: base)) }
  }

  private func path(to text: Span<UInt8>, _ part: Range<Int>, in base: [UInt8]) -> [UInt8] {
    var path: [UInt8] = []
    path.reserveCapacity(base.count + 1 + part.count)
    path += base
    path.append(slash)
    // The buffer does not outlive the closure.
    unsafe text.extracting(part).withUnsafeBufferPointer { unsafe path.append(contentsOf: $0) }
    return path
  }

  /// Each directory that the path may mean, with what it says is in it.
  private func anyOpened(
    resolving path: borrowing PathReading, in text: Span<UInt8>, _ isWanted: ([UInt8]) -> Bool
  ) -> Bool {
    guard let below = path.text(from: 0, in: text, upTo: Self.longestPath) else { return false }
    for directory in directories(for: path.start) {
      var base = directory
      for _ in 0...path.above {
        if isWanted(base + below) { return true }
        if base.isEmpty { break }
        base = Self.parent(of: base)
      }
    }
    return false
  }

  /// What follows the segments that name a process and a file of its: from where we know that it may be.
  fileprivate func anyOpened(
    throughProcess path: borrowing PathReading, in text: Span<UInt8>, isWanted: ([UInt8]) -> Bool
  ) -> Bool {
    guard path.isThroughProcess(in: text) else { return false }
    // `/proc/self/cwd`, `/dev/fd/3`, … `/proc/self/task/1/fd/3`.
    for start in 3...6 where start < path.segments.count {
      guard let below = path.text(from: start, in: text, upTo: Self.longestPath) else { continue }
      if ([[]] + directories).contains(where: { isWanted($0 + below) }) { return true }
    }
    return false
  }
}

extension PathReading {
  /// The segments from a position on, each behind a slash; nil if that is too long.
  fileprivate func text(from position: Int, in text: Span<UInt8>, upTo longest: Int) -> [UInt8]? {
    var result: [UInt8] = []
    for segment in segments[position...] {
      guard result.count + segment.count < longest else { return nil }
      result.append(slash)
      for index in Range<Int>(segment) { result.append(text[index]) }
    }
    return result
  }
}

private let slash = UInt8(ascii: "/")

import LatchAutomata
import LatchJSON

/// Changes to a line by place; all other bytes stay as they are.
struct LineEdits {
  private var edits: [(place: Range<Int>, replacement: [UInt8])] = []

  var isEmpty: Bool { edits.isEmpty }

  mutating func replace(_ place: Range<Int>, with replacement: [UInt8]) { edits.append((place, replacement)) }

  /// The changed line; places must not overlap.
  func applied(to line: Span<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    var copied = 0
    for edit in edits.sorted(by: { $0.place.lowerBound < $1.place.lowerBound }) {
      result += copy(copied..<edit.place.lowerBound, of: line)
      result += edit.replacement
      copied = edit.place.upperBound
    }
    return result + copy(copied..<line.count, of: line)
  }
}

/// A value of a line as a tree, with places in that line.
struct LinePart {
  let document: JSONDocument
  private let offset: Int

  /// nil if the value has two readings (duplicate names) or breaks a limit.
  init?(_ place: MessageScan.Place?, of scan: borrowing MessageScan, in line: Span<UInt8>, limits: JSONLimits) {
    guard let place, let document = try? scan.document(place, in: line, limits: limits) else { return nil }
    self.document = document
    offset = place.range.lowerBound
  }

  func place(_ index: Int) -> Range<Int> {
    let place = document.place(index)
    return (place.lowerBound + offset)..<(place.upperBound + offset)
  }

  func text(_ index: Int, in line: Span<UInt8>) -> [UInt8] { copy(place(index), of: line) }

  /// The members of an object, by the index of their name.
  func members(of index: Int) -> [Int] {
    document.kind(index) == .object ? Array(document.children(of: index)) : []
  }
}

extension LinePart {
  /// Whether some reader, careless of case or of how characters are composed, could take a member of the outermost object
  /// for another, or for one that means something to a proxy.
  var hasTwins: Bool {
    var seen: Set<[UInt8]> = []
    return members(of: JSONDocument.root).contains { index in
      let name = Array(document.content(index))
      let folded = foldedForComparison(name)
      return !seen.insert(folded).inserted || resultNames[folded].map { $0 != name } ?? false
    }
  }
}

/// The members of results that are looked at, by how they are compared.
private let resultNames = Dictionary(
  [
    "tools", "nextCursor", "cacheScope", "ttlMs", "resultType", "inputRequests", "requestState", "task", "taskId",
    "_meta", "instructions", "capabilities", "protocolVersion", "supportedVersions", "serverInfo",
  ].map { (foldedForComparison($0.utf8), Array($0.utf8)) }, uniquingKeysWith: { first, _ in first })

extension LineEdits {
  /// Takes those members out of an object that `isDropped` names, each with the comma that set it apart.
  mutating func drop(_ isDropped: (Int) -> Bool, fromObject index: Int, of part: LinePart) {
    let members = part.members(of: index)
    guard let lastKept = members.last(where: { !isDropped($0) }) else {
      guard let first = members.first, let last = members.last else { return }
      return replace(part.place(first).lowerBound..<part.place(last + 1).upperBound, with: [])
    }
    for (name, next) in zip(members, members.dropFirst()) where name < lastKept && isDropped(name) {
      replace(part.place(name).lowerBound..<part.place(next).lowerBound, with: [])
    }
    guard let last = members.last, last > lastKept else { return }
    replace(part.place(lastKept + 1).upperBound..<part.place(last + 1).upperBound, with: [])
  }
}

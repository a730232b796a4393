import LatchPolicy

/// What the server says its tools are now, held against what the policy was written for.
struct Catalogue: Sendable {
  enum Finding: Sendable { case asLocked, changed, notLocked }

  /// How a tool stands to the lock, and by what its definition is known.
  struct Standing: Sendable, Equatable {
    var finding: Finding
    var digest: String
  }

  enum State: Sendable {
    case unverified
    case walking(Walk)
    case verified(at: Int)
  }

  /// The proxy's own way through all pages.
  struct Walk: Sendable {
    var id: RequestID
    /// When the page was asked for that is to come next.
    var askedAt: Int
    var cursors: Set<[UInt8]> = []
    fileprivate var found: [ToolName: Standing] = [:]
    /// How many bytes of cursors and names are kept.
    fileprivate var bytes = 0
    /// The server announced a change meanwhile.
    var isOutdated = false
    /// What the server announced meanwhile may be lost.
    var isDoubtful = false
  }

  /// Definitions are looked at again after so many microseconds.
  static let lifetime = 600_000_000
  /// A page that has not come after so many microseconds will not come; then the walk may begin anew.
  static let patience = 60_000_000
  static let mostPages = 1000
  static let mostTools = 20_000
  static let mostBytes = 1 << 22

  private(set) var state = State.unverified
  private var found: [ToolName: Standing] = [:]
  /// What the last walk came upon, also where nobody relied on it.
  private var seen: [ToolName: Standing]?
  private let locked: [ToolName: [String]]

  init(_ tools: [ToolPolicy]) {
    locked = Dictionary(tools.map { (ToolName(Array($0.name.utf8)), $0.digests) }) { first, _ in first }
  }

  func isVerified(at now: Int) -> Bool {
    if case .verified(let then) = state { now - then < Self.lifetime } else { false }
  }

  func isWalking(at now: Int) -> Bool {
    if case .walking(let walk) = state { now - walk.askedAt < Self.patience } else { false }
  }

  /// Whether an answer with this id is to a request of our own.
  func owns(_ id: RequestID) -> Bool { if case .walking(let walk) = state { walk.id == id } else { false } }

  /// What is known of a tool since the last walk; nil if the server does not offer it.
  subscript(name: [UInt8]) -> Standing? { found[ToolName(name)] }

  /// How a definition stands to the lock.
  func finding(_ entry: ToolPage.Entry) -> Finding {
    guard let digests = locked[ToolName(entry.name)], !digests.isEmpty else { return .notLocked }
    return digests.contains { $0.utf8.elementsEqual(entry.digest.utf8) } ? .asLocked : .changed
  }

  mutating func begin(_ id: RequestID, at now: Int) { state = .walking(Walk(id: id, askedAt: now)) }

  mutating func fail() { state = .unverified }

  /// The server may have other tools now.
  mutating func outdate() {
    if case .walking(var walk) = state {
      walk.isOutdated = true
      state = .walking(walk)
    } else {
      state = .unverified
    }
  }

  /// The server may have other tools now, without a word of it having been heard.
  mutating func doubt() {
    if case .walking(var walk) = state {
      walk.isDoubtful = true
      state = .walking(walk)
    } else {
      state = .unverified
    }
  }

  /// What a page seen by anyone says may only make a tool's standing worse.
  mutating func note(_ page: ToolPage) {
    for entry in page.entries where finding(entry) == .changed && found[ToolName(entry.name)] != nil {
      found[ToolName(entry.name)]?.finding = .changed
    }
  }

  enum Step {
    case next(cursor: [UInt8]), done, again, refused(String)
    /// Good for what waits for it; what comes later needs another walk.
    case doneOnce
  }

  /// Takes a page of our own walk.
  mutating func add(_ page: ToolPage, at now: Int) -> Step {
    guard case .walking(var walk) = state else { return .refused("the list was not asked for") }
    for entry in page.entries {
      // A name that stands twice has two definitions: nobody knows which one a call would meet.
      let finding = walk.found[ToolName(entry.name)] == nil ? finding(entry) : .changed
      walk.found[ToolName(entry.name)] = Standing(finding: finding, digest: entry.digest)
      walk.bytes += entry.name.count
    }
    walk.bytes += page.cursor?.count ?? 0
    guard walk.found.count <= Self.mostTools else { return .refused("it lists more than \(Self.mostTools) tools") }
    guard walk.bytes <= Self.mostBytes else {
      return .refused("its names and cursors are over \(Self.mostBytes) bytes")
    }
    state = .walking(walk)
    if let cursor = page.cursor {
      guard walk.cursors.insert(cursor).inserted, walk.cursors.count < Self.mostPages else {
        return .refused("its list of tools does not end")
      }
      state = .walking(walk)
      return .next(cursor: cursor)
    }
    return end(walk, at: now)
  }

  /// A walk with a change announced on its way proves nothing. One that is only doubtful proves what it found if the one
  /// before it found the same: else nothing would ever be verified of a server whose stream of announcements ends more
  /// often than a walk does.
  private mutating func end(_ walk: Walk, at now: Int) -> Step {
    let isTheSame = walk.found == seen
    seen = walk.found
    if walk.isOutdated || walk.isDoubtful && !isTheSame { return .again }
    found = walk.found
    state = .verified(at: now)
    return walk.isDoubtful ? .doneOnce : .done
  }

  /// The walk goes on with another request.
  mutating func goOn(as id: RequestID, at now: Int) {
    guard case .walking(var walk) = state else { return }
    walk.id = id
    walk.askedAt = now
    state = .walking(walk)
  }
}

/// A tool's name by its bytes: names that only look alike are two.
private struct ToolName: Hashable, Sendable {
  let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  func hash(into hasher: inout Hasher) { unsafe bytes.withUnsafeBytes { unsafe hasher.combine(bytes: $0) } }
}

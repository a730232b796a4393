import LatchJSON

/// Who asked what, whether it was passed on or answered, and that it was answered once.
struct Accounts {
  private var asked: [[UInt8]: Int] = [:]
  private var answered: [[UInt8]: Int] = [:]
  private var passed: [[UInt8]: Int] = [:]
  /// Of what was asked, what nothing but an answer can end.
  private var owed: [[UInt8]: Int] = [:]
  /// Whether an answer may be missing: a request was cancelled, or stands in an array that may be refused whole.
  private var isLoose = false

  /// A line of the client's.
  mutating func asks(_ line: [UInt8]) {
    guard let scan = try? MessageScan(line, limits: JSONLimits(bytes: 4096, depth: 128)) else { return }
    for element in scan.elements { asks(Array(line[element])) }
    isLoose = isLoose || scan.kind == .array || scan.holds(scan[.method], "notifications/cancelled", in: line)
    guard let id = id(scan, line) else { return }
    asked[id, default: 0] += 1
    // Of two members of one name nobody knows which is the id.
    if scan[.method] != nil, scan.collision == nil { owed[id, default: 0] += 1 }
  }

  /// The beginning of a line of the client's that is not read.
  mutating func asksTooMuch(_ beginning: [UInt8]) {
    guard let place = MessageScan.id(inBeginning: beginning.span, ofRequest: true) else { return }
    let id = beginning[place.range]
    asked[Array(place.kind == .string ? id.dropLast() : id), default: 0] += 1
  }

  /// A message to the client.
  mutating func answers(_ scan: MessageScan, _ line: [UInt8]) {
    for element in scan.elements {
      let part = Array(line[element])
      guard let inner = try? MessageScan(part) else { fatalError("broken promise: an element is a message") }
      answers(inner, part)
    }
    guard scan[.method] == nil, let id = id(scan, line) else { return }
    answered[id, default: 0] += 1
    demand(answered[id, default: 0] <= asked[id, default: 0], "no more answers than requests: \(id)")
  }

  /// A message to the server.
  mutating func passes(_ scan: MessageScan, _ line: [UInt8]) {
    if let id = id(scan, line) { passed[id, default: 0] += 1 }
  }

  /// Time enough has passed for whatever the proxy keeps to itself.
  func settle() {
    if isLoose { return }
    for (id, count) in owed {
      demand(answered[id, default: 0] + passed[id, default: 0] >= count, "a request is passed on or answered: \(id)")
    }
  }

  /// The server is gone: nobody waits any more.
  func close() {
    if isLoose { return }
    for (id, count) in owed { demand(answered[id, default: 0] >= count, "every request has an answer: \(id)") }
  }

  private func id(_ scan: MessageScan, _ line: [UInt8]) -> [UInt8]? {
    guard scan.kind == .object, scan.idKind == .string || scan.idKind == .integer, let place = scan[.id] else {
      return nil
    }
    return (place.kind == .string ? [0x22] : []) + scan.content(place, in: line)
  }
}

import LatchAutomata
import LatchJSON

/// A JSON-RPC message that every reader reads alike.
struct Message: Sendable {
  enum Shape: Sendable {
    case request(RequestID)
    case notification
    case response(RequestID)
  }

  let scan: MessageScan
  let shape: Shape

  /// Why a line is no message, and what is known of who waits for an answer.
  struct Refusal: Error {
    var code = ErrorCode.invalidRequest
    var message: String
    var id: RequestID?
  }

  /// Takes the scanned object apart, or says why it cannot be relied on. `watchesParameters`: whether members of
  /// `params` that are spelled nearly as those which are judged are refused too.
  init(_ scan: MessageScan, in line: Span<UInt8>, watchesParameters: Bool) throws(Refusal) {
    self.scan = scan
    let id = scan.collision == nil || Self.hasOneID(scan, in: line) ? RequestID(scan, in: line) : nil
    func refused(_ message: String) -> Refusal { Refusal(message: message, id: id) }
    guard scan.kind == .object else { throw refused("a message is an object") }
    if scan.lineBreak != nil { throw refused("a message stands on one line; a carriage return is inside it") }
    if scan.collision != nil || Self.hasTwins(scan, in: line, watchesParameters: watchesParameters) {
      throw refused("the message can be read in two ways: members have the same name, or nearly")
    }
    guard scan.holds(scan[.jsonrpc], "2.0", in: line) else { throw refused("`jsonrpc` must be \"2.0\"") }
    if scan.idKind == .other {
      throw refused("`id` must be a string or an integer of at most 2^53 - 1")
    }
    if let place = scan[.id], place.range.count > RequestID.longest {
      throw refused("`id` is longer than \(RequestID.longest) bytes")
    }
    shape = try Self.shape(of: scan, id: id)
  }

  /// Whether all readers find the same id, whatever else they may not agree on.
  private static func hasOneID(_ scan: borrowing MessageScan, in line: Span<UInt8>) -> Bool {
    let names = scan.memberNames
    return (0..<names.count).count { foldedForComparison(names.content($0, in: line)).elementsEqual("id".utf8) } == 1
  }

  private static func shape(of scan: borrowing MessageScan, id: RequestID?) throws(Refusal) -> Shape {
    let isAnswer = scan[.result] != nil || scan[.error] != nil
    guard let method = scan[.method] else {
      guard let id, isAnswer, scan[.result] == nil || scan[.error] == nil else {
        throw Refusal(message: "a message has a `method`, or an `id` with a `result` or an `error`", id: id)
      }
      return .response(id)
    }
    guard !isAnswer, method.kind == .string else {
      throw Refusal(message: "`method` must be a string, and stand without `result` and `error`", id: id)
    }
    guard scan[.params] == nil || scan[.params]?.kind == .object else {
      throw Refusal(code: .invalidParams, message: "`params` must be an object", id: id)
    }
    return id.map(Shape.request) ?? .notification
  }

  /// Whether some reader, careless of case or of how characters are composed, could take an unknown member for a
  /// known one or for another. The scan has found what differs in the case of ASCII letters only.
  private static func hasTwins(
    _ scan: borrowing MessageScan, in line: Span<UInt8>, watchesParameters: Bool
  ) -> Bool {
    if scan.hasUnknownMembers, hasTwins(scan.memberNames, like: memberSpellings, in: line) { return true }
    return watchesParameters && scan.hasUnknownParameters
      && hasTwins(scan.parameterNames, like: parameterSpellings, in: line)
  }

  private static func hasTwins(_ names: NameList, like known: Set<[UInt8]>, in line: Span<UInt8>) -> Bool {
    var seen: Set<[UInt8]> = []
    for index in 0..<names.count {
      let name = names.content(index, in: line)
      let folded = foldedForComparison(name)
      if !seen.insert(folded).inserted { return true }
      if known.contains(folded), !exactSpellings.contains(name) { return true }
    }
    return false
  }

  private static let memberSpellings = Set(MessageScan.Member.allCases.map { foldedForComparison(Array("\($0)".utf8)) })
  private static let parameterSpellings = Set(
    MessageScan.Parameter.allCases.map { foldedForComparison(Array($0.spelling.utf8)) })
  private static let exactSpellings = Set(
    MessageScan.Member.allCases.map { Array("\($0)".utf8) }
      + MessageScan.Parameter.allCases.map { Array($0.spelling.utf8) })
}

extension MessageScan.Parameter {
  /// The name as it stands in `params`.
  var spelling: String { self == .meta ? "_meta" : "\(self)" }
}

import LatchJSON

/// The question that a client puts to a person: `elicitation/create` in form mode, in the shape of each era.
struct ApprovalQuestion {
  private static let key = "dev.latch/approval"
  /// What is longer than this is not put to a person in a form: `latch approve` shows it in full.
  private static let longestText = 2000

  private let record: ApprovalRecord

  init(_ record: ApprovalRecord) { self.record = record }

  /// Whether a form can show all of the call. Part of it would be what the model or the server chose to put first.
  static func canShow(_ request: ApprovalRequest) -> Bool {
    request.tool.utf8.count + request.reason.utf8.count + request.arguments.utf8.count <= longestText
  }

  /// A request of the proxy's own (2025-06-18 and 2025-11-25; the latter names the mode).
  func create(id: RequestID, namesMode: Bool) -> [UInt8] {
    var writer = MessageWriter()
    writer.raw("{\"jsonrpc\":\"2.0\",\"id\":")
    writer.raw(id.lexeme)
    writer.raw(",\"method\":\"elicitation/create\",\"params\":")
    writeParameters(namesMode: namesMode, to: &writer)
    writer.raw("}")
    return writer.bytes
  }

  /// The result that asks back (2026-07-28).
  func inputRequired(id: RequestID) -> [UInt8] {
    var writer = MessageWriter()
    writer.raw("{\"jsonrpc\":\"2.0\",\"id\":")
    writer.raw(id.lexeme)
    writer.raw(",\"result\":{\"resultType\":\"input_required\",\"inputRequests\":{")
    writer.string(Self.key)
    writer.raw(":{\"method\":\"elicitation/create\",\"params\":")
    writeParameters(namesMode: true, to: &writer)
    writer.raw("}},\"requestState\":")
    writer.string(record.seal)
    writer.raw("}}")
    return writer.bytes
  }

  private func writeParameters(namesMode: Bool, to writer: inout MessageWriter) {
    writer.raw(namesMode ? "{\"mode\":\"form\",\"message\":" : "{\"message\":")
    writer.string(message)
    writer.raw(",\"requestedSchema\":{\"type\":\"object\",\"properties\":{\"decision\":{\"type\":\"string\",")
    writer.raw("\"title\":\"Decision\",\"enum\":[\"allow_once\",")
    if record.request.lease != nil { writer.raw("\"allow_any_arguments\",") }
    writer.raw("\"deny\"]}},\"required\":[\"decision\"]}}")
  }

  private var message: String {
    let request = record.request
    var text = "Latch: `\(request.upstream)` is to run \(request.tool.named). \(request.reason.onOneLine)\n"
    text += "Arguments: \(request.arguments)\n"
    text += "allow_once: this call. "
    if let lease = request.lease {
      text += "allow_any_arguments: calls of this tool with any arguments, for \(Session.duration(lease)). "
    }
    return (text + "deny: not this call. (\(record.id))").harmless
  }

  /// What the client answered. Nothing but a decision in so many words is one.
  static func choice(_ result: JSONValue) -> ConsentAnswer.Choice {
    let decision = result["content"]?["decision"]?.string
    func isDecision(_ text: String) -> Bool { decision?.utf8.elementsEqual(text.utf8) == true }
    guard let action = result["action"]?.string else { return .dismissed }
    if action.utf8.elementsEqual("decline".utf8) { return .deny }
    guard action.utf8.elementsEqual("accept".utf8) else { return .dismissed }
    if isDecision("allow_once") { return .once }
    if isDecision("allow_any_arguments") { return .lease }
    return isDecision("deny") ? .deny : .dismissed
  }

  /// The same from the retry of a stateless request.
  static func choice(inResponses responses: JSONValue?) -> ConsentAnswer.Choice {
    responses?[key].map(choice) ?? .dismissed
  }
}

extension String {
  /// A name that the server chose: what is no plain word is quoted as JSON, so that it ends where it seems to end.
  fileprivate var named: String {
    let isPlain = utf8.allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x2F, 0x3A, 0x5F: true
      default: false
      }
    }
    if isPlain, !isEmpty { return "`\(self)`" }
    var writer = MessageWriter()
    writer.string(self)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  fileprivate var onOneLine: String {
    String(decoding: utf8.map { $0 == 0x0A || $0 == 0x0D ? 0x20 : $0 }, as: UTF8.self)
  }

  /// Without characters that a terminal or a reader could take for something else than text; ends of lines stay.
  fileprivate var harmless: String {
    var text = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      switch scalar.value {
      case 0x0A, 0x20...0x7E: text.append(scalar)
      case 0..<0x20, 0x7F...0x9F, 0xAD, 0x061C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF,
        0xFFF9...0xFFFB, 0xE0000...0xE007F:
        text.append("\u{FFFD}")
      default: text.append(scalar)
      }
    }
    return String(text)
  }
}

/// A stateless request that comes back with the answer to the proxy's question.
struct ApprovalRetry {
  let answer: ConsentAnswer
  /// What makes the request the one that it was.
  let edits: LineEdits

  /// nil if it is not one: its state is none of the proxy's.
  init?(_ scan: borrowing MessageScan, in line: Span<UInt8>, limits: JSONLimits) {
    guard let state = scan[.requestState], state.kind == .string else { return nil }
    let seal = scan.content(state, in: line)
    guard seal.starts(with: ApprovalRecord.sealBeginning),
      let part = LinePart(scan[.params], of: scan, in: line, limits: limits)
    else { return nil }
    let responses = part.document.value()["inputResponses"]
    answer = ConsentAnswer(proof: .seal(seal), choice: ApprovalQuestion.choice(inResponses: responses))
    var edits = LineEdits()
    let own = ["requestState", "inputResponses"].map { Array($0.utf8) }
    edits.drop(
      { name in own.contains { part.document.content(name).elementsEqual($0) } }, fromObject: JSONDocument.root,
      of: part)
    self.edits = edits
  }
}

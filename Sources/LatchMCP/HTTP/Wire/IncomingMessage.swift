import LatchJSON

/// A message from the server, on one line, with what tells to whom it belongs.
struct IncomingMessage: Sendable {
  /// Without a line's end in it.
  let bytes: [UInt8]
  let scan: MessageScan
  /// For an answer: of which request.
  let answers: MessageKey?
  /// For a request: its id.
  let asks: MessageKey?

  /// nil if the text cannot be read as JSON.
  init?(_ text: [UInt8], limits: JSONLimits) {
    guard let scan = try? MessageScan(text, limits: limits) else { return nil }
    // In JSON a line's end stands between tokens only, where a blank does as well.
    let isBroken = scan.lineBreak != nil
    bytes = isBroken ? text.map { $0 == 0x0A || $0 == 0x0D ? 0x20 : $0 } : text
    self.scan = isBroken ? (try? MessageScan(bytes, limits: limits)) ?? scan : scan
    let key = MessageKey(scan[.id], of: scan, in: text)
    (answers, asks) = scan[.method] == nil ? (key, nil) : (nil, key)
  }

  /// The messages of an array, each by itself; this one alone if it is none.
  func parts(limits: JSONLimits) -> [IncomingMessage] {
    guard scan.kind == .array else { return [self] }
    return scan.elements.compactMap { IncomingMessage(Array(bytes[$0]), limits: limits) }
  }

  /// The code of an error.
  func errorCode(limits: JSONLimits) -> Int? {
    guard let error = document(.error, limits: limits), let code = error.member("code", of: JSONDocument.root) else {
      return nil
    }
    return Int(error.string(code))
  }

  func document(_ member: MessageScan.Member, limits: JSONLimits) -> JSONDocument? {
    scan[member].flatMap { try? scan.document($0, in: bytes, limits: limits) }
  }

  /// The same error as the answer to `id`: a server that could not tell which request failed names none, or another.
  func error(answering id: [UInt8]) -> [UInt8]? {
    guard scan.holds(scan[.jsonrpc], "2.0", in: bytes), scan[.method] == nil, scan[.result] == nil,
      let error = scan[.error], error.kind == .object
    else { return nil }
    return Array("{\"jsonrpc\":\"2.0\",\"id\":".utf8) + id + Array(",\"error\":".utf8) + bytes[error.range] + [0x7D]
  }
}

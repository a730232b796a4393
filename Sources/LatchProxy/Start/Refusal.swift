import LatchJSON

/// What the client is told when there is nothing to stand before: whoever set it up sees it there.
enum Refusal {
  /// Answers the client's first request with the reason. A client that asks for `server/discover` first begins anew
  /// with `initialize` when that fails, and is answered again.
  static func serve(_ reason: String, diagnostics: Diagnostics) {
    diagnostics.write(reason)
    var reader = LineReader(limit: JSONLimits().bytes)
    let client = Outlet(1)
    while reader.fill(from: 0) {
      while let event = reader.next() {
        guard case .line(let line) = event else { continue }
        guard let (answer, isLast) = answer(to: reader.buffer.span.extracting(line), reason) else { continue }
        if !client.write((answer + [0x0A]).span) || isLast { return }
      }
    }
  }

  private static func answer(to line: Span<UInt8>, _ reason: String) -> (answer: [UInt8], isLast: Bool)? {
    guard let scan = try? MessageScan(line), scan[.method] != nil, let id = RequestID(scan, in: line) else {
      return nil
    }
    let method = scan.method(of: ClientRequest.self, in: line)
    return (Answers.error(.internalError, "Latch: \(reason)", id: id), method != .discover && method != .ping)
  }
}

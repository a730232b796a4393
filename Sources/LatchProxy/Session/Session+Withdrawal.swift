import LatchJSON

extension Session {
  /// These records cannot be kept: what they let pass is answered with a denial instead.
  ///
  /// `lines` are whole messages, each with its LF, on their way to the server; what is returned of them may still go.
  package mutating func withdraw(
    _ records: ClosedRange<Int>, from lines: Span<UInt8>, because problem: String, _ effects: inout Effects
  ) -> [UInt8] {
    var rest: [UInt8] = []
    var start = 0
    for index in lines.indices where lines[index] == 0x0A {
      let line = lines.extracting(start..<index)
      start = index + 1
      guard mayStillPass(line, records, problem, &effects) else { continue }
      rest += copy(0..<line.count, of: line)
      rest.append(0x0A)
    }
    return rest
  }

  private mutating func mayStillPass(
    _ line: Span<UInt8>, _ records: ClosedRange<Int>, _ problem: String, _ effects: inout Effects
  ) -> Bool {
    guard let scan = rescan(line), let message = try? Message(scan, in: line, watchesParameters: false) else {
      return false
    }
    guard case .request(let id) = message.shape else { return true }
    // A request of the proxy's own is none of the client's.
    guard let request = pending[id] else { return isOurs(id) }
    guard let passed = request.passed, records.contains(passed.record) else { return true }
    pending[id]?.passed = nil
    recordEnd(passed, .notMade, &effects)
    finish(id, unrecorded(id, request.method, passed.decision, problem, &effects), &effects)
    return false
  }
}

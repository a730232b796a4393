import LatchAutomata
import LatchJSON

/// What a server of 2026-07-28 may ask the client for, in the place of a result or of a task's: nothing that policy does
/// not let through.
extension Session {
  /// Whether the object asks for something that must not pass, or some reader could take it for that.
  func asksTooMuch(_ place: MessageScan.Place?, _ passing: borrowing Passing, _ line: Span<UInt8>) -> Bool {
    guard let place, mayHoldQuestions(place.range, line) else { return false }
    guard let part = LinePart(place, of: passing.scan, in: line, limits: settings.limits) else { return true }
    return asksTooMuch(part.document.value())
  }

  private func asksTooMuch(_ object: JSONValue) -> Bool {
    (object.object ?? []).contains { member in
      switch foldedForComparison(member.name.utf8) {
      case inputRequests: !isExact(member.name, "inputRequests") || mustNotPass(member.value)
      case task: asksTooMuch(member.value)
      default: false
      }
    }
  }

  private func mustNotPass(_ questions: JSONValue) -> Bool {
    guard let questions = questions.object else { return questions != .null }
    return questions.contains { question in
      let methods = (question.value.object ?? []).filter { foldedForComparison($0.name.utf8) == method }
      guard methods.count == 1, isExact(methods[0].name, "method") else { return true }
      let asked = methods[0].value.string.flatMap(ServerRequest.init)
      return asked.map { $0 == .ping || !($0.feature.map(features.contains) ?? true) } ?? true
    }
  }

  private func isExact(_ name: String, _ spelling: String) -> Bool { name.utf8.elementsEqual(spelling.utf8) }

  /// Answers in the place of a server that asked.
  mutating func refuseQuestion(_ id: RequestID, _ effects: inout Effects) {
    report("a server's question to the client that policy does not let pass", &effects)
    let text = "Latch: the server asked the client for something that policy does not let pass"
    finish(id, Answers.error(.internalError, text, id: id), &effects)
  }

  /// Whether the text could name `inputRequests`: in any case, or by an escape. Its last letter alone has a twin beyond
  /// ASCII, and its `q` stands in few texts.
  private func mayHoldQuestions(_ range: Range<Int>, _ line: Span<UInt8>) -> Bool {
    let text = line.extracting(range)
    for index in text.indices {
      let byte = text[index]
      if byte == UInt8(ascii: "\\"), index + 1 < text.count, text[index + 1] == UInt8(ascii: "u") { return true }
      if byte | 0x20 == UInt8(ascii: "q"), index >= 7, stands(text, before: index) { return true }
    }
    return false
  }

  private func stands(_ text: Span<UInt8>, before index: Int) -> Bool {
    for offset in 0..<7 where text[index - 7 + offset] | 0x20 != inputRequests[offset] { return false }
    return true
  }
}

private let inputRequests = Array("inputrequests".utf8)
private let task = Array("task".utf8)
private let method = Array("method".utf8)

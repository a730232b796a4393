import LatchJSON

/// An array of messages (2025-03-26), answered by one array.
struct Batch: Sendable {
  /// So many messages may stand in one.
  static let most = 1000

  /// Answers that are still to come; one more while its messages are being looked at.
  var missing = 1
  var answers: [[UInt8]] = []
}

extension Session {
  /// Looks at each message by itself; each goes on by itself.
  mutating func openArray(
    _ scan: MessageScan, _ line: Span<UInt8>, _ effects: inout Effects
  ) {
    guard conversation.allowsBatches else {
      return refuse(Message.Refusal(message: "this revision has no batches; send one message a line"), &effects)
    }
    guard !scan.elements.isEmpty else {
      return refuse(Message.Refusal(message: "a batch holds at least one message"), &effects)
    }
    guard scan.elements.count <= Batch.most else {
      return refuse(Message.Refusal(message: "a batch holds at most \(Batch.most) messages"), &effects)
    }
    batchCount += 1
    let batch = batchCount
    batches[batch] = Batch()
    openBatch = batch
    for element in scan.elements {
      let part = line.extracting(element)
      // The line was read whole before: its parts are JSON too.
      guard let inner = try? MessageScan(part, limits: settings.limits) else { continue }
      takeFromClient(inner, part, isWhole: false, &effects)
    }
    openBatch = nil
    settle(batch, &effects)
  }

  /// Gives an answer to the client, or to the array that it belongs into.
  mutating func deliver(_ answer: [UInt8], batch: Int?, _ effects: inout Effects) {
    guard let batch, batches[batch] != nil else { return effects.tellClient(answer) }
    batches[batch]?.answers.append(answer)
    // What is answered at once was never counted as missing.
    if batch != openBatch { settle(batch, &effects) }
  }

  /// One answer less to wait for.
  mutating func settle(_ batch: Int, _ effects: inout Effects) {
    batches[batch]?.missing -= 1
    guard let done = batches[batch], done.missing <= 0 else { return }
    batches[batch] = nil
    guard !done.answers.isEmpty else { return }
    effects.tellClient([0x5B] + Array(done.answers.joined(separator: [0x2C])) + [0x5D])
  }
}

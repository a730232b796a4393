import LatchPolicy

/// Answers of the proxy's own, each one line without its end.
enum Answers {
  /// A JSON-RPC error; `id` is nil where it could not be read, and then left out or null as the revision wants it.
  static func error(
    _ code: ErrorCode, _ message: String, id: RequestID?, omitsUnknownID: Bool = false, data: [UInt8]? = nil
  ) -> [UInt8] {
    var writer = MessageWriter()
    writer.raw("{\"jsonrpc\":\"2.0\",")
    if let id {
      writer.raw("\"id\":")
      writer.raw(id.lexeme)
      writer.raw(",")
    } else if !omitsUnknownID {
      writer.raw("\"id\":null,")
    }
    writer.raw("\"error\":{\"code\":")
    writer.number(code.rawValue)
    writer.raw(",\"message\":")
    writer.string(message)
    if let data {
      writer.raw(",\"data\":")
      writer.raw(data)
    }
    writer.raw("}}")
    return writer.bytes
  }

  /// A tool's result that tells the agent why the call was not made.
  static func denial(_ decision: Decision, text: String, id: RequestID, isModern: Bool, approval: String? = nil)
    -> [UInt8]
  {
    var writer = MessageWriter()
    writer.raw("{\"jsonrpc\":\"2.0\",\"id\":")
    writer.raw(id.lexeme)
    writer.raw(",\"result\":{\"content\":[{\"type\":\"text\",\"text\":")
    writer.string(text)
    writer.raw("}],\"isError\":true,")
    if isModern { writer.raw("\"resultType\":\"complete\",") }
    writer.raw("\"_meta\":")
    writer.raw(record(decision, approval: approval))
    writer.raw("}}")
    return writer.bytes
  }

  /// `{"dev.latch/decision": …}`: the same for programs.
  static func record(_ decision: Decision, approval: String? = nil) -> [UInt8] {
    var writer = MessageWriter()
    writer.raw("{\"dev.latch/decision\":{\"effect\":")
    writer.string(decision.effect.rawValue)
    writer.raw(",\"decided_by\":")
    writer.string(decision.decidedBy.rawValue)
    if let rule = decision.rule {
      writer.raw(",\"rule\":")
      writer.string(rule)
    }
    if let approval {
      writer.raw(",\"approval\":")
      writer.string(approval)
    }
    writer.raw("}}")
    return writer.bytes
  }
}

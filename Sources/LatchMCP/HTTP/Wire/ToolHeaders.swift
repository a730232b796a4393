import LatchJSON

/// What the server's lists say of headers for its tools, by name (2026-07-28).
struct ToolHeaders: Sendable {
  private var byTool: [[UInt8]: ParameterHeaders] = [:]
  private static let mostTools = 20_000

  /// Learns from a page of `tools/list`. Returns the page without the tools that no client may use, and why each one
  /// was taken out; nil if the page stays as it is.
  mutating func learn(_ answer: IncomingMessage, limits: JSONLimits) -> (bytes: [UInt8], reasons: [String])? {
    guard let result = answer.document(.result, limits: limits), let place = answer.scan[.result],
      let tools = result.member("tools", of: JSONDocument.root), result.kind(tools) == .array
    else { return nil }
    var kept: [ArraySlice<UInt8>] = []
    var reasons: [String] = []
    for tool in result.children(of: tools) {
      do throws(ParameterHeaders.Invalid) {
        try learn(tool, of: result)
        let range = result.place(tool)
        kept.append(
          answer.bytes[(range.lowerBound + place.range.lowerBound)..<(range.upperBound + place.range.lowerBound)])
      } catch {
        let name = result.member("name", of: tool).map(result.string) ?? ""
        reasons.append("left out the tool `\(name)`: its `x-mcp-header` cannot be used, \(error.reason)")
      }
    }
    guard !reasons.isEmpty else { return nil }
    let range = result.place(tools)
    let start = range.lowerBound + place.range.lowerBound
    let end = range.upperBound + place.range.lowerBound
    let list = [0x5B] + Array(kept.joined(separator: [0x2C])) + [0x5D]
    return (answer.bytes[..<start] + list + answer.bytes[end...], reasons)
  }

  private mutating func learn(_ tool: Int, of result: JSONDocument) throws(ParameterHeaders.Invalid) {
    guard let name = result.member("name", of: tool), let schema = result.member("inputSchema", of: tool) else {
      return
    }
    let key = Array(result.content(name))
    byTool[key] = nil
    let headers = try ParameterHeaders(inputSchema: result.value(at: schema))
    if !headers.headers.isEmpty, byTool.count < Self.mostTools { byTool[key] = headers }
  }

  /// The headers of a stateless request beside its revision: its method, what it names, and the tool's own.
  func fields(for message: OutgoingMessage, limits: JSONLimits) -> [(name: String, value: String)] {
    var fields = [("Mcp-Method", HeaderText.encoded(message.methodName))]
    if let name = name(in: message) { fields.append(("Mcp-Name", HeaderText.encoded(name))) }
    if message.method == .toolsCall, let tool = message.text(.name), let headers = byTool[tool],
      let place = message.scan[.arguments],
      let arguments = try? message.scan.document(place, in: message.bytes, limits: limits)
    {
      fields += headers.fields(for: arguments)
    }
    return fields
  }

  private func name(in message: OutgoingMessage) -> [UInt8]? {
    switch message.method {
    case .toolsCall, .promptsGet: message.text(.name)
    case .resourcesRead: message.text(.uri)
    case .tasksGet, .tasksUpdate, .tasksCancel: message.text(.taskId)
    default: nil
    }
  }
}

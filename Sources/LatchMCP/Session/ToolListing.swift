package import LatchJSON

extension MCPSession {
  /// Every tool as the server defines it, from all pages of `tools/list`, in the server's order.
  package mutating func listTools() throws(UpstreamError) -> [JSONValue] {
    var tools: [JSONValue] = []
    var names: Set<[UInt8]> = []
    var cursors: Set<[UInt8]> = []
    var cursor: String?
    for _ in 0..<limits.pages {
      let parameters: JSONValue = cursor.map { ["cursor": .string($0)] } ?? [:]
      let page = try request("tools/list", parameters)
      guard let listed = page["tools"]?.array else {
        throw .badAnswer(method: "tools/list", problem: "it has no list of `tools`")
      }
      for tool in listed {
        guard let name = tool["name"]?.string, !name.isEmpty else {
          throw .badAnswer(method: "tools/list", problem: "a tool has no name")
        }
        guard names.insert(Array(name.utf8)).inserted else { throw .duplicateTool(Self.shortened(name)) }
      }
      tools += listed
      guard tools.count <= limits.tools else { throw .tooMuch("over \(limits.tools) tools") }
      guard let next = page["nextCursor"]?.string else { return tools }
      guard cursors.insert(Array(next.utf8)).inserted else {
        throw .badAnswer(method: "tools/list", problem: "its pages come round again")
      }
      cursor = next
    }
    throw .tooMuch("over \(limits.pages) pages of tools")
  }
}

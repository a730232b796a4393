import LatchJSON
import LatchPolicy
import LatchTestSupport

extension Dice {
  mutating func call(of upstream: UpstreamModel) -> CallModel {
    CallModel(
      tool: tool(of: upstream), arguments: arguments(),
      client: pick([nil, "claude-code", "cursor", "my-agent", "unheard-of"]),
      isChanged: one(in: 15))
  }

  private mutating func tool(of upstream: UpstreamModel) -> String {
    switch Int.random(in: 0..<12, using: &self) {
    case 0: pick(["no_such_tool", "other_file"])
    case 1: pick(ToolModel.reserved).name
    default: pick(upstream.tools).name
    }
  }

  private mutating func arguments() -> JSONValue? {
    if one(in: 25) { return pick([nil, nil, .null, .array([]), .array([["a": 1, "A": 2]])]) }
    guard case .object(var members) = object(of: Kind.arguments, leavingOut: 2) else { return nil }
    if one(in: 25) {
      members.append(JSONValue.Member(pick(["Path", "other", "latch.yaml", "\u{212A}", "uri"]), .string("a")))
    }
    if one(in: 40) { members += [.init("k", .null), .init("\u{212A}", .null)] }
    return .object(members.shuffled(using: &self))
  }
}

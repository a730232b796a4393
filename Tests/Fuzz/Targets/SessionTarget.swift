import LatchJSON

/// A client and a server that say anything in any order through the proxy's session.
///
/// An input is a list of lines, the first byte of each says what happens: `>` the client writes the rest of it, `<` the
/// server does, `+` eleven seconds pass, `)` and `(` the client or the server writes a line that is too long, `!` the
/// server ends. Whatever is said, no call passes that policy does not allow, nothing but whole messages is written, and
/// nobody waits for ever.
struct SessionTarget {
  private var talk = Talk()
  private var accounts = Accounts()
  /// Whether the server has said anything that could be a tool's definition.
  private var hasListed = false

  static func take(_ input: Span<UInt8>) {
    var target = SessionTarget()
    for part in array(input).split(separator: 0x0A) {
      target.play(part.first ?? 0x0A, Array(part.dropFirst()))
    }
    target.check(target.talk.wait(30_000))
    target.accounts.settle()
    target.check(target.talk.end())
    target.accounts.close()
  }

  private mutating func play(_ mark: UInt8, _ line: [UInt8]) {
    switch mark {
    case UInt8(ascii: ">"):
      accounts.asks(line)
      check(talk.client(line))
    case UInt8(ascii: "<"):
      hasListed = hasListed || line.firstRange(of: Array("inputSchema".utf8)) != nil || line.contains(0x5C)
      check(talk.server(line))
    case UInt8(ascii: "+"): check(talk.wait(11_000))
    case UInt8(ascii: ")"): check(talk.tooLong(fromClient: true))
    case UInt8(ascii: "("): check(talk.tooLong(fromClient: false))
    case UInt8(ascii: "!"): check(talk.end())
    default: break
    }
  }

  private mutating func check(_ said: Talk.Said) {
    for line in said.toUpstream {
      let scan = Self.message(line)
      demand(scan.kind == .object, "one message a line goes to the server: \(Self.text(line))")
      accounts.passes(scan, line)
      for call in CarelessReader.calls(in: line) {
        demand(Self.isAllowed(call), "only allowed calls go to the server: \(Self.text(line))")
        demand(hasListed, "no call goes to a server whose tools are not known: \(Self.text(line))")
      }
    }
    for line in said.toClient {
      let scan = Self.message(line)
      demand(scan.kind == .object || scan.kind == .array, "messages go to the client: \(Self.text(line))")
      accounts.answers(scan, line)
    }
  }

  /// What a line must be for every reader to take it for one.
  private static func message(_ line: [UInt8]) -> MessageScan {
    guard let scan = try? MessageScan(line, limits: JSONLimits(bytes: .max, depth: 128)) else {
      fatalError("broken promise: a line is one message: \(text(line))")
    }
    demand(line.allSatisfy { $0 >= 0x20 || $0 == 0x09 }, "no control character is in a line: \(text(line))")
    demand(!scan.hasUnicodeLineBreak, "nothing that some reader takes for a line's end: \(text(line))")
    return scan
  }

  private static func isAllowed(_ call: CarelessReader.Call) -> Bool {
    guard call.tools.count == 1, call.arguments.count <= 1, let tool = call.tools.first else { return false }
    if tool == .text(Array("echo".utf8)) { return true }
    let paths = call.arguments.flatMap { $0["path"] }
    return tool == .text(Array("read".utf8)) && paths == [.text(Array("/a".utf8))]
  }

  private static func text(_ line: [UInt8]) -> String { String(decoding: line, as: UTF8.self) }
}

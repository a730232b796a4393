import LatchJSON

/// A client and a server that say anything in any order through the proxy's session.
///
/// An input is a list of lines, the first byte of each says what happens: `>` the client writes the rest of it, `<` the
/// server does, `+` eleven seconds pass, `)` and `(` the client or the server writes a line that is too long, `*` the disk
/// is full, or no longer, `!` the server ends. Whatever is said, no call passes that policy does not allow, that was not
/// recorded, or that wants a yes which nobody said; nothing but whole messages is written; nobody waits for ever.
struct SessionTarget {
  private var talk = Talk()
  private var accounts = Accounts()
  /// Whether the server has said anything that could be a tool's definition.
  private var hasListed = false
  /// How often the client may have said yes, and how many calls of each tool went on.
  private var yeses = 0
  private var calls: [String: Int] = [:]

  static func take(_ input: Span<UInt8>) {
    var target = SessionTarget()
    for part in array(input).split(separator: 0x0A) {
      target.play(part.first ?? 0x0A, Array(part.dropFirst()))
    }
    // A question to a person, and after it the verification of the tools, have their time.
    for _ in 0..<2 { target.check(target.talk.wait(46_000)) }
    target.accounts.settle()
    target.check(target.talk.end())
    target.accounts.close()
  }

  /// `--tell`: for reading what an input comes to.
  private static let tells = CommandLine.arguments.contains("--tell")

  private mutating func play(_ mark: UInt8, _ line: [UInt8]) {
    switch mark {
    case UInt8(ascii: ">"):
      accounts.asks(line)
      yeses += Self.yeses(in: line)
      check(talk.client(line))
    case UInt8(ascii: "<"):
      hasListed = hasListed || line.firstRange(of: Array("inputSchema".utf8)) != nil || line.contains(0x5C)
      check(talk.server(line))
    case UInt8(ascii: "+"): check(talk.wait(11_000))
    case UInt8(ascii: ")"):
      accounts.asksTooMuch(line)
      check(talk.tooLong(line, fromClient: true))
    case UInt8(ascii: "("): check(talk.tooLong(line, fromClient: false))
    case UInt8(ascii: "*"): talk.world.breakOrMend()
    case UInt8(ascii: "!"): check(talk.end())
    default: break
    }
  }

  private mutating func check(_ said: Talk.Said) {
    if Self.tells {
      for (side, lines) in [("server", said.toUpstream), ("client", said.toClient)] {
        for line in lines { print("to the \(side): \(Self.text(line))") }
      }
    }
    for line in said.toUpstream {
      let scan = Self.message(line)
      demand(scan.kind == .object, "one message a line goes to the server: \(Self.text(line))")
      accounts.passes(scan, line)
      for call in CarelessReader.calls(in: line) { check(call, line) }
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

  private mutating func check(_ call: CarelessReader.Call, _ line: [UInt8]) {
    let tool = Self.tool(of: call)
    demand(tool != nil, "only allowed calls go to the server: \(Self.text(line))")
    calls[tool ?? "", default: 0] += 1
    demand(hasListed, "no call goes to a server whose tools are not known: \(Self.text(line))")
    let seen = talk.world.seen
    demand(!seen.isBroken && calls.values.reduce(0, +) <= seen.passed, "a call goes once it is recorded")
    demand(calls["few", default: 0] <= 2, "no call beyond a limit goes")
    demand(seen.consents <= yeses && (seen.consents > 0 || calls["ask"] == nil), "no call goes without a yes")
  }

  /// The tool that all readers find, if policy may allow such a call.
  private static func tool(of call: CarelessReader.Call) -> String? {
    guard call.tools.count == 1, call.arguments.count <= 1, case .text(let name) = call.tools.first else { return nil }
    let tool = String(decoding: name, as: UTF8.self)
    if tool == "read" { return call.arguments.flatMap { $0["path"] } == [.text(Array("/a".utf8))] ? tool : nil }
    return ["ask", "echo", "few"].contains(tool) ? tool : nil
  }

  /// How many decisions of a person could be in a line.
  private static func yeses(in line: [UInt8]) -> Int {
    line.contains(UInt8(ascii: "\\")) ? line.count : line.split(separator: Array("allow_".utf8)).count
  }

  private static func text(_ line: [UInt8]) -> String { String(decoding: line, as: UTF8.self) }
}

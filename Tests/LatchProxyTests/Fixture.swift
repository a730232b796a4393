import LatchJSON
import LatchPolicy
import LatchProxy

/// A policy and a server of five tools, for all tests of the proxy.
enum Fixture {
  static let echo = #"{"name":"echo","description":"Says it again","inputSchema":{"type":"object"}}"#
  static let danger = #"{"name":"danger","inputSchema":{"type":"object"}}"#
  static let ask = #"{"name":"ask","inputSchema":{"type":"object"}}"#
  static let secret = #"{"name":"secret","inputSchema":{"type":"object"}}"#
  static let changed = #"{"name":"changed","description":"As it was","inputSchema":{"type":"object"}}"#
  static let changedNow = #"{"name":"changed","description":"Not as it was","inputSchema":{"type":"object"}}"#
  static let stranger = #"{"name":"stranger","inputSchema":{"type":"object"}}"#

  static let offered = [echo, danger, ask, secret, changedNow, stranger]

  private static func tool(_ text: String, _ effect: Effect?, rule: Int = 0, hidden: Bool = false) throws -> ToolPolicy
  {
    let definition = try JSONValue(parsing: Array(text.utf8))
    let candidates = effect.map { effect in
      [
        Candidate(
          rule: rule, effect: effect,
          specificity: Specificity(tool: 2, upstream: 0, condition: 0, actionClass: 0, client: 0))
      ]
    }
    return ToolPolicy(
      name: definition["name"]?.string ?? "", inferredClass: .read, effectiveClass: .read,
      digests: [try ToolDigest.of(definition)], inputSchema: definition["inputSchema"], hidden: hidden,
      listed: hidden ? .nobody : .everyone, candidates: candidates ?? [])
  }

  private static func reserved(_ name: String, _ effect: Effect, rule: Int) -> ToolPolicy {
    ToolPolicy(
      name: name, inferredClass: .read, effectiveClass: .read,
      candidates: [
        Candidate(
          rule: rule, effect: effect,
          specificity: Specificity(tool: 2, upstream: 0, condition: 0, actionClass: 0, client: 0))
      ])
  }

  static let rules = [
    RuleText(id: "ask-first", reason: "it is dear"), RuleText(id: "no-danger", reason: "it breaks things"),
    RuleText(id: "yes", reason: nil),
  ]

  static func bundle(
    launch: Launch = .stdio(command: "true", arguments: [], environment: [], directory: nil, inherit: []),
    allow: [String] = ["elicitation", "logging", "tasks"]
  ) throws -> Bundle {
    var bundle = Bundle(name: "test", rules: rules)
    bundle.guarding.protectSelf = false
    bundle.guarding.limits.messageBytes = 1 << 20
    let tools = try [
      reserved("@completion/complete", .deny, rule: 1), reserved("@prompts/get", .allow, rule: 2),
      reserved("@resources/read", .deny, rule: 1), tool(ask, .requireApproval, rule: 0), tool(changed, .allow, rule: 2),
      tool(danger, .deny, rule: 1), tool(echo, .allow, rule: 2), tool(secret, .allow, rule: 2, hidden: true),
    ]
    bundle.upstreams = [UpstreamPolicy(name: "server", launch: launch, allow: allow, tools: tools)]
    bundle.provenance = Provenance(compiler: "latch test")
    return bundle
  }

  static let identity = PolicyIdentity(bundle: "sha256:b", policy: "sha256:p")

  static func page(_ tools: [String], more: String = "") -> String {
    #"{"tools":["# + tools.joined(separator: ",") + "]" + more + "}"
  }
}

/// A session and what was said on both of its sides; lines in, lines out.
struct Talk {
  var session: Session
  var now = 0
  var log: [String] = []
  /// Answers the proxy's own walk through the tools by itself.
  var pages = [Fixture.page(Fixture.offered)]
  let gate: MemoryGate

  init(
    allow: [String] = ["elicitation", "logging", "tasks"], gate: MemoryGate = MemoryGate(),
    ways: [ApprovalTerms.Way] = [.elicitation, .terminal], observes: Bool = false,
    timeout: Int = UpstreamPolicy.usualTimeout, heldBytes: Int? = nil,
    guarding change: (inout Guard) -> Void = { _ in }, upstream adapt: (inout UpstreamPolicy) -> Void = { _ in }
  ) throws {
    self.gate = gate
    var bundle = try Fixture.bundle(allow: allow)
    change(&bundle.guarding)
    bundle.guarding.approval.ways = ways
    bundle.upstreams[0].timeout = timeout
    adapt(&bundle.upstreams[0])
    var settings = Session.Settings(
      policy: try Policy(bundle, upstream: "server"), upstream: bundle.upstreams[0], identity: Fixture.identity,
      client: nil, limits: JSONLimits(bytes: 65_536, depth: 128), ownIDs: "latch-own", questionIDs: "latch-ask",
      gate: gate)
    settings.observes = observes
    if let heldBytes { settings.heldBytes = heldBytes }
    session = Session(settings)
  }

  struct Said: Equatable {
    var upstream: [String] = []
    var client: [String] = []
  }

  mutating func client(_ line: String) -> Said { client(Array(line.utf8)) }

  mutating func client(_ line: [UInt8]) -> Said {
    var effects = Effects()
    session.fromClient(line.span, at: now, &effects)
    log += effects.log
    var said = Said(upstream: lines(effects.toUpstream), client: lines(effects.toClient))
    if effects.forwards { said.upstream.insert(String(decoding: line, as: UTF8.self), at: 0) }
    return said
  }

  mutating func server(_ line: String) -> Said {
    var effects = Effects()
    let bytes = Array(line.utf8)
    session.fromUpstream(bytes.span, at: now, &effects)
    log += effects.log
    var said = Said(upstream: lines(effects.toUpstream), client: lines(effects.toClient))
    if effects.forwards { said.client.insert(line, at: 0) }
    return said
  }

  /// Nothing is said until then.
  mutating func wait(milliseconds: Int) -> Said {
    now += milliseconds * 1000
    var effects = Effects()
    session.expire(at: now, &effects)
    log += effects.log
    return Said(upstream: lines(effects.toUpstream), client: lines(effects.toClient))
  }

  private func lines(_ bytes: [UInt8]) -> [String] {
    bytes.split(separator: 0x0A).map { String(decoding: $0, as: UTF8.self) }
  }

  /// Shakes hands and lets the proxy see all tools.
  mutating func open(_ revision: String = "2025-06-18", capabilities: String = "{}") {
    _ = client(Self.initialize(revision, capabilities: capabilities))
    _ = server(#"{"jsonrpc":"2.0","id":0,"result":{"protocolVersion":"\#(revision)","capabilities":{"tools":{}}}}"#)
    answerWalk(client(#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#))
  }

  /// Answers what the proxy asks of the server by itself, page by page.
  @discardableResult
  mutating func answerWalk(_ said: Said) -> Said {
    var said = said
    for page in pages {
      guard let asked = said.upstream.first(where: { $0.contains("latch-own") }),
        let id = try? JSONValue(parsing: Array(asked.utf8))["id"]?.string
      else { break }
      said = server(#"{"jsonrpc":"2.0","id":"\#(id)","result":\#(page)}"#)
    }
    return said
  }

  static func initialize(_ revision: String, capabilities: String = "{}") -> String {
    #"{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"\#(revision)","#
      + #""capabilities":\#(capabilities),"clientInfo":{"name":"test","version":"1"}}}"#
  }

  static func call(_ tool: String, id: String = "1", arguments: String = "{}") -> String {
    #"{"jsonrpc":"2.0","id":\#(id),"method":"tools/call","params":{"name":"\#(tool)","arguments":\#(arguments)}}"#
  }
}

/// A line read as JSON.
func json(_ line: String?) throws -> JSONValue { try JSONValue(parsing: Array((line ?? "").utf8)) }

import LatchJSON
import LatchPolicy
import LatchProxy

/// A session over a small policy, and what it says to either side. All that knows how a session is made and spoken to.
///
/// The server offers `echo` (allowed), `read` (allowed where `path` is `/a`), `few` (allowed twice), `ask` (wants an
/// approval), `danger` (denied) and `secret` (hidden). The proxy's own requests to the server have the ids `own-N`, its
/// questions to the client `ask-N`, counted in one row.
struct Talk {
  let world = World()
  private var session: Session
  private var now = 0

  init() {
    session = Session(
      Session.Settings(
        policy: Self.rules.policy, upstream: Self.rules.upstream,
        identity: PolicyIdentity(bundle: "sha256:b", policy: "sha256:p"), client: nil,
        limits: JSONLimits(bytes: 4096, depth: 128), ownIDs: "own", questionIDs: "ask", gate: world))
  }

  /// Whole lines without their ends.
  struct Said {
    var toUpstream: [[UInt8]] = []
    var toClient: [[UInt8]] = []
  }

  mutating func client(_ line: [UInt8]) -> Said {
    var effects = Effects()
    session.fromClient(line.span, at: now, &effects)
    return said(&effects, forwarded: line, to: \.toUpstream)
  }

  mutating func server(_ line: [UInt8]) -> Said {
    var effects = Effects()
    session.fromUpstream(line.span, at: now, &effects)
    return said(&effects, forwarded: line, to: \.toClient)
  }

  /// Time passes.
  mutating func wait(_ milliseconds: Int) -> Said {
    var effects = Effects()
    now += milliseconds * 1000
    session.expire(at: now, &effects)
    demand(session.deadline.map { $0 > now } ?? true, "no call waits longer than it may")
    return said(&effects)
  }

  /// A line that the relay has passed over.
  mutating func tooLong(_ beginning: [UInt8], fromClient: Bool) -> Said {
    var effects = Effects()
    if fromClient {
      session.clientLineTooLong(beginning.span, &effects)
    } else {
      session.upstreamLineTooLong(beginning.span, &effects)
    }
    return said(&effects)
  }

  mutating func end() -> Said {
    var effects = Effects()
    session.upstreamEnded("the server is gone", &effects)
    demand(!session.holdsCalls && session.deadline == nil, "nothing waits for a server that is gone")
    return said(&effects)
  }

  private mutating func said(
    _ effects: inout Effects, forwarded line: [UInt8] = [],
    to side: WritableKeyPath<Said, [[UInt8]]> = \.toClient
  ) -> Said {
    if effects.forwards, side == \.toUpstream {
      effects.forwards = false
      effects.toUpstream = line + [0x0A] + effects.toUpstream
    }
    if let records = effects.records {
      do throws(GateError) { try world.keep(records) } catch {
        let lines = effects.toUpstream
        effects.toUpstream = session.withdraw(records, from: lines.span, because: error.problem, &effects)
      }
    }
    var said = Said(toUpstream: lines(effects.toUpstream), toClient: lines(effects.toClient))
    if effects.forwards { said[keyPath: side].insert(line, at: 0) }
    return said
  }

  private func lines(_ bytes: [UInt8]) -> [[UInt8]] {
    guard let last = bytes.last else { return [] }
    demand(last == 0x0A, "every message ends with LF")
    return bytes.dropLast().split(separator: 0x0A, omittingEmptySubsequences: false).map(Array.init)
  }
}

extension Talk {
  private static let rules: (policy: Policy, upstream: UpstreamPolicy) = {
    do {
      var bundle = Bundle(name: "fuzz", rules: ["few", "no", "some", "yes"].map { RuleText(id: $0) })
      bundle.guarding.protectSelf = false
      bundle.guarding.approval.lease = 60_000
      let upstream = UpstreamPolicy(
        name: "server", launch: .stdio(command: "true", arguments: [], environment: [], directory: nil, inherit: []),
        allow: ["elicitation", "logging", "tasks"],
        tools: try [
          tool("@completion/complete", .deny, rule: 1), tool("@prompts/get", .allow, rule: 3),
          tool("@resources/read", .deny, rule: 1), tool("ask", .requireApproval, rule: 2),
          tool("danger", .deny, rule: 1), tool("echo", .allow, rule: 3), tool("few", .allow, rule: 0, limit: 2),
          tool("read", .allow, rule: 2, when: .atom(0)), tool("secret", .allow, rule: 3, hidden: true),
        ],
        atoms: [Atom(path: ArgumentPath([.name("path")]), matcher: .equals([.string("/a")]))])
      bundle.upstreams = [upstream]
      return (try Policy(bundle, upstream: "server"), upstream)
    } catch { fatalError("the policy of the target cannot be used: \(error)") }
  }()

  private static func tool(
    _ name: String, _ effect: Effect, rule: Int, when: Condition? = nil, limit: Int? = nil, hidden: Bool = false
  ) throws -> ToolPolicy {
    let definition: JSONValue = ["name": .string(name), "inputSchema": ["type": "object"]]
    let specificity = Specificity(tool: 2, upstream: 0, condition: when == nil ? 0 : 1, actionClass: 0, client: 0)
    return ToolPolicy(
      name: name, inferredClass: .write, effectiveClass: .write, digests: [try ToolDigest.of(definition)],
      inputSchema: definition["inputSchema"], hidden: hidden, listed: hidden ? .nobody : .everyone,
      candidates: [
        Candidate(
          rule: rule, effect: effect, specificity: specificity, when: when,
          limit: limit.map { CallLimit(calls: $0, window: 3_600_000) })
      ])
  }
}

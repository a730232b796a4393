import LatchAutomata
import LatchJSON
import LatchPolicy

/// A bundle that has one of everything.
enum BundleSample {
  /// Accepts exactly the strings over any bytes whose length is odd.
  static let odd = Automaton(
    classes: [UInt8](repeating: 0, count: 256), classCount: 1, transitions: [1, 0], accepting: [false, true])

  /// Accepts every string that holds the byte `!`.
  static let exclaiming: Automaton = {
    var classes = [UInt8](repeating: 0, count: 256)
    classes[Int(UInt8(ascii: "!"))] = 1
    return Automaton(classes: classes, classCount: 2, transitions: [0, 1, 1, 1], accepting: [false, true])
  }()

  static let automata = [odd, exclaiming].map { Bundle.NamedAutomaton($0) }.sorted { $0.digest < $1.digest }

  static var bundle: Bundle {
    Bundle(
      name: "sample", serial: 3, guarding: guarding, upstreams: [files, web], automata: automata,
      rules: [
        RuleText(id: "ask-mail", reason: "mail leaves the house"),
        RuleText(id: "no-secrets", isGuardrail: true, description: "keys stay here"),
        RuleText(id: "write-inside"),
      ],
      provenance: Provenance(
        sources: [.init(path: "latch.yaml", sha256: SHA256Digest.prefixed(of: []))],
        lock: SHA256Digest.prefixed(of: [1]), compiler: "latch 1",
        places: [.init(rule: "write-inside", place: "latch.yaml:9:5", matchers: ["latch.yaml:11:20"])]))
  }

  static var guarding: Guard {
    var guarding = Guard()
    guarding.effect = .requireApproval
    guarding.classes = [.init(.read, .allow), .init(.transferValue, .deny)]
    guarding.unreadableArgument = .requireApproval
    guarding.approval = ApprovalTerms(ways: [.terminal, .key])
    guarding.approvalKeys = [
      .init(name: "Ann", publicKey: Array(0..<32)), .init(name: "bob@example.com", publicKey: Array(224...255)),
    ]
    guarding.audit = AuditTerms(arguments: .none, durability: .synced)
    guarding.clients = ["claude-code", "cursor"]
    guarding.protected = ProtectedPath.always + [ProtectedPath(.home, ".cursor/mcp.json", kind: .client)]
    return guarding
  }

  static var files: UpstreamPolicy {
    UpstreamPolicy(
      name: "files",
      launch: .stdio(
        command: "npx", arguments: ["-y", "${project}/data"],
        environment: [
          .init(name: "LEVEL", value: .text("${env:LEVEL:-é}")),
          .init(name: "TOKEN", value: .output(of: ["/usr/bin/op", "read"])),
        ], directory: "${project}", inherit: ["PATH"]),
      allow: ["elicitation"], instructions: SHA256Digest.prefixed(of: [2]), tools: [writeTool, hiddenTool],
      unknownTool: [Candidate(rule: 1, isGuardrail: true, effect: .deny, specificity: unspecific)],
      atoms: [
        Atom(path: ArgumentPath([.name("path")]), matcher: .text(.glob, automaton: automata[0].digest)),
        Atom(
          path: ArgumentPath([.name("a.b"), .index(0)]),
          matcher: .equals([.number("12345678901234567890"), .string("x\n"), .array([.null, .bool(true)])])),
        Atom(
          path: ArgumentPath([.name("path")]),
          matcher: .text(.within, automaton: automata[0].digest, base: .project, isFolded: true), tolerated: [.null]),
        Atom(path: ArgumentPath([]), matcher: .bound(.above, "1.50")),
        Atom(path: ArgumentPath([.name("tags")]), matcher: .elements(.all, .any([.atom(3), .atom(3)]))),
        Atom(path: ArgumentPath([.name("url")]), matcher: .port([80, 443])),
        Atom(path: ArgumentPath([.name("url")]), matcher: .addresses(["10.0.0.0/8"])),
        Atom(path: ArgumentPath([.name("tags")]), matcher: .length(min: 1, max: nil)),
        Atom(path: ArgumentPath([.name("tags")]), matcher: .type([.array, .object])),
        Atom(path: ArgumentPath([.name("tags")]), matcher: .present(false)),
        Atom(path: ArgumentPath([.name("options")]), matcher: .object),
        Atom(path: .anywhere, matcher: .text(.contains, automaton: automata[0].digest)),
      ])
  }

  static let unspecific = Specificity(tool: 0, upstream: 0, condition: 0, actionClass: 0, client: 0)

  static var writeTool: ToolPolicy {
    ToolPolicy(
      name: "write_file", inferredClass: .execute, effectiveClass: .write, digests: [SHA256Digest.prefixed(of: [3])],
      inputSchema: .object([.init("maxProperties", .number("3")), .init("type", .string("object"))]),
      listed: .some(others: true, except: ["cursor"]),
      candidates: [
        Candidate(
          rule: 1, isGuardrail: true, effect: .deny, specificity: unspecific, when: .none([.atom(0), .atom(1)])),
        Candidate(
          rule: 2, effect: .allow,
          specificity: Specificity(tool: 2, upstream: 2, condition: 1, actionClass: 1, client: 1),
          clients: ["claude-code"], when: .all([.atom(0), .any([.atom(1), .atom(0)])]), unless: .atom(1),
          fallsThrough: true, limit: CallLimit(calls: 20, window: 3_600_000, over: .requireApproval, scope: .client),
          approval: ApprovalTerms(ways: [.key], timeout: 60_000, lease: 900_000)),
      ])
  }

  static let hiddenTool = ToolPolicy(
    name: "zap", inferredClass: .execute, effectiveClass: .execute, checksSchema: false, hidden: true, listed: .nobody)

  static let web = UpstreamPolicy(
    name: "web",
    launch: .http(
      transport: "http", url: "https://example.com/mcp",
      headers: [.init(name: "Authorization", value: .text("Bearer ${env:TOKEN}"))], insecure: false))
}

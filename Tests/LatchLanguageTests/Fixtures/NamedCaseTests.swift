import LatchJSON
import LatchPolicy
import Testing

/// What went wrong in products of this kind, and what language.md says must come out.
@Suite("Known mistakes of others: which rule decides")
struct NamedCaseTests {
  @Test("A conditional allow above a wildcard allow lets no excluded value through")
  func aConditionalAllowSpeaksForItsTools() throws {
    let rules = { (otherwise: String) in
      """
      rules:
        - { id: all, effect: allow }
        - { id: inside, effect: allow, tool: write_file, when: { path: { within: /srv/docs } }\(otherwise) }

      """
    }
    let policy = try SmallPolicy(rules(""))
    #expect(try policy.outcome("write_file", #"{"path": "/srv/docs/a"}"#) == "allow rule inside")
    #expect(try policy.outcome("write_file", #"{"path": "/etc/hosts"}"#) == "deny default")
    #expect(try policy.outcome("read_file", #"{"path": "/etc/hosts"}"#) == "allow rule all")
    let loose = try SmallPolicy(rules(", else: fallthrough"))
    #expect(try loose.outcome("write_file", #"{"path": "/etc/hosts"}"#) == "allow rule all")
  }

  @Test("Neither a default nor a class lets through what a conditional allow excludes, but a rule may still ask")
  func nothingWeakerAllows() throws {
    let policy = try SmallPolicy(
      """
      defaults: { effect: allow, classes: { write: allow } }
      rules:
        - { id: writes, effect: allow, class: write }
        - { id: ask, effect: require_approval, when: { confirm: true } }
        - { id: inside, effect: allow, tool: write_file, unless: { path: { path_glob: "**/.git/**" } } }

      """)
    #expect(try policy.outcome("write_file", #"{"path": "/a/.git/config"}"#) == "deny default")
    #expect(
      try policy.outcome("write_file", #"{"path": "/a/.git/config", "confirm": true}"#) == "require_approval rule ask")
    #expect(try policy.outcome("write_file", #"{"path": "/a"}"#) == "allow rule inside")
  }

  @Test("A misspelt key of a condition is an error and never widens a rule")
  func misspeltKeys() throws {
    for rule in [
      "when: { path: { wihtin: /srv } }", "whne: { path: { within: /srv } }", "unles: { path: a }",
      "when: { any_off: [{ path: a }] }",
    ] {
      #expect(throws: SmallPolicy.Refusal.self, "\(rule)") {
        try SmallPolicy("rules: [{ id: r, effect: allow, tool: write_file, \(rule) }]\n", tools: Self.closedTools)
      }
    }
  }

  @Test("A misspelt argument is an error where the tool's schema is known")
  func misspeltArguments() throws {
    #expect(throws: SmallPolicy.Refusal(codes: ["L3102"])) {
      try SmallPolicy("rules: [{ id: r, effect: deny, when: { pth: a } }]\n", tools: Self.closedTools)
    }
  }

  private static let closedTools: [JSONValue] = [
    [
      "name": "write_file",
      "inputSchema": ["properties": ["path": ["type": "string"]], "additionalProperties": false],
    ]
  ]

  @Test("A deny rule whose condition cannot be read denies, as a floor and as a rule")
  func denyRulesNeverVanish() throws {
    let rules = """
      rules:
        - { id: all, effect: allow }
        - { id: no-etc, effect: deny, when: { path: { within: /etc } } }

      """
    let policy = try SmallPolicy(rules)
    for value in ["5", "null", #"["/etc"]"#, #""/srv/../etc""#] {
      #expect(try policy.outcome("read_file", "{\"path\": \(value)}") == "deny unreadable_argument")
    }
    let asking = try SmallPolicy("defaults: { unreadable_argument: require_approval }\n" + rules)
    #expect(try asking.outcome("read_file", #"{"path": 5}"#) == "deny rule no-etc")
  }

  @Test("A rule about a directory that is not known here denies rather than being silent")
  func unknownDirectories() throws {
    let rules = """
      rules:
        - { id: all, effect: allow }
        - { id: no-keys, effect: deny, when: { path: { within: "${home}/.ssh" } } }

      """
    #expect(try SmallPolicy(rules, homes: []).outcome("read_file", #"{"path": "/a"}"#) == "deny unreadable_argument")
    let asking = try SmallPolicy("defaults: { unreadable_argument: require_approval }\n" + rules, homes: [])
    #expect(try asking.outcome("read_file", #"{"path": "/a"}"#) == "deny rule no-keys")
    #expect(try asking.outcome("read_file") == "allow rule all")
  }

  @Test("A rule for a tool that the server does not have is an error")
  func unknownToolNames() throws {
    #expect(throws: SmallPolicy.Refusal(codes: ["L2101"])) {
      try SmallPolicy("rules: [{ id: r, effect: deny, tool: delete_file }]\n")
    }
  }

  @Test("A class comes from whole words of the name: `list_skills` does not kill, `description` is no script")
  func classesByWholeWords() throws {
    let policy = try SmallPolicy(
      """
      rules:
        - { id: all, effect: allow }
        - { id: no-running, effect: deny, class: execute }

      """,
      tools: [
        ["name": "list_skills", "description": "Kills and runs every script."], ["name": "get_description"],
        ["name": "kill_process"], ["name": "runScript"], ["name": "frobnicate"],
      ])
    #expect(try policy.outcome("list_skills") == "allow rule all")
    #expect(try policy.outcome("get_description") == "allow rule all")
    for tool in ["kill_process", "runScript", "frobnicate"] {
      #expect(try policy.outcome(tool) == "deny rule no-running")
    }
  }

  @Test("A tool that was not reviewed is denied, or asks under the rules that name it")
  func unknownTools() throws {
    let rules = """
      rules:
        - { id: all, effect: allow }
        - { id: writes, effect: allow, tool: "write_*", when: { path: { within: /srv } } }
        - { id: drops, effect: deny, tool: "drop_*" }
      guardrails:
        - { id: keys, effect: require_approval, tool: "pay_*", approval: { by: [key] } }

      """
    let keys = "approval: { keys: { ann: \(PolicyModel.key) } }"
    #expect(try SmallPolicy("defaults: { \(keys) }\n" + rules).outcome("drop_table") == "deny unknown_tool")
    let asking = try SmallPolicy("defaults: { unknown_tool: require_approval, \(keys) }\n" + rules)
    #expect(try asking.outcome("other") == "require_approval unknown_tool")
    #expect(try asking.outcome("drop_table") == "deny rule drops")
    #expect(try asking.outcome("write_more", #"{"path": "/srv/a"}"#) == "require_approval unknown_tool")
    #expect(try asking.outcome("write_more", #"{"path": "/etc/a"}"#) == "deny default")
    #expect(try asking.outcome("write_more", #"{"path": 1}"#) == "deny unreadable_argument")
    #expect(try asking.outcome("pay_bill") == "require_approval guardrail keys")
    #expect(try asking.decide("pay_bill").obligations.approval?.ways == [.key])
  }

  @Test("Two rules that no one person can satisfy leave nobody who may approve")
  func noCommonWay() throws {
    let policy = try SmallPolicy(
      """
      defaults: { approval: { keys: { ann: \(PolicyModel.key) } } }
      guardrails:
        - { id: a, effect: require_approval, approval: { by: [terminal], timeout: 1m, lease: 1h } }
        - { id: b, effect: require_approval, approval: { by: [key], timeout: 2m } }
      rules: [{ id: all, effect: allow }]

      """)
    let approval = try policy.decide("read_file").obligations.approval
    #expect(approval == ApprovalTerms(ways: [], timeout: 60_000, lease: nil))
  }

  @Test("An unknown client is not the one that an allow names, and is every one that a deny names")
  func unknownClients() throws {
    let policy = try SmallPolicy(
      """
      rules:
        - { id: reads, effect: allow, tool: read_file, client: cursor }
        - { id: writes, effect: allow, tool: write_file }
        - { id: no-writes, effect: deny, tool: write_file, client: cursor }

      """)
    #expect(try policy.outcome("read_file", client: "cursor") == "allow rule reads")
    #expect(try policy.outcome("write_file", client: "claude-code") == "allow rule writes")
    for client in [nil, "Cursor", "cursor "] {
      #expect(try policy.outcome("read_file", client: client) == "deny default")
      #expect(try policy.outcome("write_file", client: client) == "deny rule no-writes")
    }
  }
}

import LatchCompiler
import LatchPolicy
import LatchSource
import LatchTestSupport
import Testing

@Suite("Who approves and what is recorded")
struct SettingsTests {
  private static let ann = "MCowBQYDK2VwAyEA6/su3tgUgP1tqYAdGTFOGItqDClBQIPW6DRvEqU5vec="
  private static let bob = "MCowBQYDK2VwAyEACYzRVdaONNAkwky6K6WmsbT3wB2KqJtlBIAJfl/VCP0="

  private func guarding(_ text: String) throws -> Guard {
    let outcome = compile(ProjectFiles("version: 1\nname: demo\n\(text)\n"), settings: testSettings)
    return try #require(outcome.accepted, "\(outcome.found.map(\.message))").guarding
  }

  private func codes(_ text: String) -> [String] {
    found(in: "version: 1\nname: demo\n\(text)\n").map { $0.code.description }
  }

  @Test("What is not said is as the language has it")
  func defaults() throws {
    let guarding = try guarding("serial: 1")
    #expect(guarding.audit == AuditTerms(arguments: .redacted, durability: .written))
    #expect(!guarding.observe)
    #expect(guarding.approvalKeys.isEmpty)
    #expect(try self.guarding("audit: {}").audit == AuditTerms())
  }

  @Test("Every word of `audit` gets to the bundle")
  func audit() throws {
    for arguments in AuditTerms.Arguments.allCases {
      #expect(try guarding("audit: { arguments: \(arguments) }").audit == AuditTerms(arguments: arguments))
    }
    for durability in AuditTerms.Durability.allCases {
      #expect(try guarding("audit: { durability: \(durability) }").audit == AuditTerms(durability: durability))
    }
    #expect(codes("audit: { arguments: some }") == ["L1004"])
    #expect(codes("audit: { argument: full }") == ["L1001"])
    #expect(codes("audit: full") == ["L1002"])
  }

  @Test("`observe` is warned of where it is on")
  func observe() throws {
    #expect(try guarding("defaults: { observe: true }").observe)
    #expect(codes("defaults: { observe: true }") == ["L3501"])
    #expect(codes("defaults: { observe: false }").isEmpty)
    #expect(codes("defaults: { observe: on }") == ["L1002"])
  }

  @Test("Keys get to the bundle by name, whatever their order")
  func keys() throws {
    let one = try guarding("defaults: { approval: { by: [key], keys: { bob: \(Self.bob), Ann: \(Self.ann) } } }")
    let other = try guarding("defaults: { approval: { keys: { Ann: \(Self.ann), bob: \(Self.bob) }, by: [key] } }")
    #expect(one.approvalKeys.map(\.name) == ["Ann", "bob"])
    #expect(one.approvalKeys.first == Guard.Approver(name: "Ann", line: Self.ann))
    #expect(one == other)
    #expect(one.approval.ways == [.key])
  }

  @Test("Another key is another policy")
  func keysAreInThePolicyDigest() throws {
    let digests = try ["ann: \(Self.ann)", "ann: \(Self.bob)", "bob: \(Self.ann)"].map { keys in
      let text = "version: 1\nname: demo\ndefaults: { approval: { keys: { \(keys) } } }\n"
      let bundle = try #require(compile(ProjectFiles(text), settings: testSettings).accepted)
      return try FrozenBundle(try bundle.encoded()).policyDigest
    }
    #expect(Set(digests).count == 3)
  }

  @Test("A key is needed wherever one may approve, and none elsewhere")
  func keysAreNeeded() {
    let keys = "keys: { ann: \(Self.ann) }"
    let rule = { (by: String) in "rules: [{ id: a, effect: require_approval, approval: { by: \(by) } }]" }
    #expect(codes(rule("[key]")) == ["L3401"])
    #expect(codes(rule("[terminal, key]")) == ["L3401"])
    #expect(codes(rule("[terminal]")).isEmpty)
    #expect(codes("defaults: { approval: { \(keys) } }\n" + rule("[key]")).isEmpty)
    #expect(codes("defaults: { approval: { by: [key] } }\n" + rule("[key]")) == ["L3401", "L3401"])
    #expect(codes("defaults: { approval: { \(keys) } }").isEmpty)
  }

  @Test("A key that is refused, or whose file cannot be read, is not missing too")
  func oneMistakeIsOneMistake() {
    #expect(codes("defaults: { approval: { by: [key], keys: { ann: x } } }") == ["L1005"])
    #expect(codes("defaults: { approval: { by: [key], keys: {} } }") == ["L1007"])
    #expect(codes("defaults: { approval: { by: [key], keys: [\(Self.ann)] } }") == ["L1002"])
  }

  @Test("Names are short and plain", arguments: ["-ann", "a b", "'é'", "''", "a/b", String(repeating: "a", count: 65)])
  func names(_ name: String) {
    #expect(codes("defaults: { approval: { keys: { \(name): \(Self.ann) } } }") == ["L1005"])
  }

  @Test("What the schema takes for a key is one, and nothing else is")
  func schemaAndReaderAgree() {
    var dice = Dice(seed: 12)
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=-_".utf8)
    for _ in 0..<500 {
      var text = Array(Self.ann.utf8)
      text[Int.random(in: text.indices, using: &dice)] = digits[Int.random(in: digits.indices, using: &dice)]
      let line = String(decoding: text, as: UTF8.self)
      let isKey = Guard.Approver(name: "ann", line: line) != nil
      #expect(codes("defaults: { approval: { keys: { ann: '\(line)' } } }").isEmpty == isKey, "\(line)")
    }
  }

  @Test("A private key is called one, and not repeated")
  func privateKeys() throws {
    let secret = "MC4CAQAwBQYDK2VwBCIEIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
    let text = "version: 1\nname: demo\ndefaults: { approval: { keys: { ann: \(secret) } } }\n"
    let finding = try #require(found(in: text).first)
    #expect(finding.message.contains("private key"))
    #expect(!finding.message.contains(secret))
  }

  @Test("Keys stand in `defaults` only")
  func keysOfARule() {
    let rule = "rules: [{ id: a, effect: require_approval, approval: { keys: { ann: \(Self.ann) } } }]"
    #expect(codes(rule) == ["L1001"])
  }
}

import Foundation
import LatchJSON
import LatchPolicy
import LatchProxy
import LatchSchema
import LatchTestSupport
import Testing

@Suite struct AuditSchemaTests {
  private let document: JSONDocument
  private let schema: Schema

  init() throws {
    document = try JSONDocument(parsing: Array(try Data(contentsOf: Project.url("Schemas/audit.schema.json"))))
    schema = try Schema(document)
  }

  /// Every kind of record, with every member that it can have.
  static func records() throws -> [AuditRecord] {
    var records: [AuditRecord] = []
    let trace = TraceContext(traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
    for (number, decidedBy) in Decision.DecidedBy.allCases.enumerated() {
      for (effect, state) in zip(Effect.allCases, AuditApproval.State.allCases) {
        let decision = Decision(
          effect, by: decidedBy, rule: number < 2 ? "some-rule" : nil, also: number == 1 ? ["a", "b"] : [],
          actionClass: ActionClass.allCases[number % 6], saying: "because")
        guard case .decision(var record) = try AuditRecord.call(number, arguments: #"{"pin":1}"#, decision: decision)
        else { continue }
        record.approval = AuditApproval(id: "k7f3", state: state, way: AuditApproval.Way.allCases[number % 4])
        if number % 2 == 0 { record.trace = trace }
        if number == 3 { record.arguments = .absent }
        if number == 4 { record.arguments = .unreadable([1]) }
        if number == 5 { record.tool = nil }
        records.append(.decision(record))
      }
    }
    for kind in AuditOutcome.Kind.allCases { records.append(.answer(1, kind)) }
    records.append(.outcome(AuditOutcome(call: 1, tool: nil, kind: .error, code: -32603, microseconds: 0)))
    for kind in AuditEvent.Kind.allCases {
      records.append(.event(AuditEvent(kind, detail: "x", policy: kind == .policyLoaded ? AuditScratch.policy : nil)))
    }
    return records
  }

  @Test(arguments: AuditSettings.Arguments.allCases)
  func `every record is as the schema says`(_ style: AuditSettings.Arguments) throws {
    let scratch = AuditScratch()
    let log = try scratch.log {
      $0.arguments = style
      $0.client = nil
      $0.project = "/srv/p"
      $0.mode = .observe
    }
    for record in try Self.records() { try log.add(record) }
    let many = (0..<300).map { #"{"token":"\#($0)"}"# }.joined(separator: ",")
    try log.add(.call(arguments: #"{"x":[\#(many)]}"#))
    scratch.wait(86_400_000)
    try log.add(.call())
    try log.close()
    let lines = try scratch.files().flatMap { AuditLines($0.bytes).map { Array($0) } }
    #expect(lines.count > 40)
    for line in lines {
      let failures = schema.failures(of: try JSONDocument(parsing: line)).map(\.message)
      #expect(failures == [], "\(String(decoding: line, as: UTF8.self))")
    }
  }

  @Test func `a record with a member too many is refused`() throws {
    let scratch = AuditScratch()
    let log = try scratch.log()
    for record in try Self.records() { try log.add(record) }
    for line in AuditLines(try scratch.files()[0].bytes) {
      #expect(!schema.isValid(try JSONDocument(parsing: line.dropLast() + Array(#","surplus":0}"#.utf8))))
    }
  }

  @Test func `every example is as its place says`() throws {
    let root = document.value()
    let definitions = try #require(root["$defs"]?.object)
    for definition in definitions {
      let asRoot: JSONValue = .object([
        .init("$ref", .string("#/$defs/\(definition.name)")), .init("$defs", .object(definitions)),
      ])
      let part = try Schema(asRoot.document())
      let examples = try #require(definition.value["examples"]?.array)
      for example in examples {
        #expect(part.failures(of: example.document()).map(\.message) == [], "\(definition.name)")
      }
    }
    for example in try #require(root["examples"]?.array) { #expect(schema.isValid(example.document())) }
  }

  @Test func `every member has a title, a description and examples`() throws {
    for definition in try #require(document.value()["$defs"]?.object) {
      for member in definition.value["properties"]?.object ?? [] {
        for keyword in ["title", "description", "examples"] {
          #expect(member.value[keyword] != nil || member.value["$ref"] != nil, "\(definition.name).\(member.name)")
        }
      }
    }
  }
}

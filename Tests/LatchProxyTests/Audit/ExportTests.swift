import Foundation
import LatchJSON
import LatchProxy
import LatchTestSupport
import Testing

@Suite struct ExportTests {
  /// A record that was written once and is kept.
  static let name = "2026-02-03/files-101000-f23868d56ca203b4.jsonl"

  private static func entries() throws -> [AuditEntry] {
    let data = try Data(contentsOf: Project.url("Fixtures/audit/state/audit/\(name)"))
    return try AuditLines(Array(data)).map { try AuditEntry(parsing: $0) }
  }

  @Test func `records become the body of a request as OpenTelemetry has it`() throws {
    let body = OTLPLogs.request(try Self.entries(), file: Self.name, version: "0.1.0")
    let text = try JSONValue(parsing: body).pretty(sorted: false)
    #expect(try Golden("Fixtures/audit/otlp.json").difference(of: text) == nil)
  }

  @Test func `no argument leaves the machine, and each record's hash does`() throws {
    let entries = try Self.entries()
    let text = String(decoding: OTLPLogs.request(entries, file: Self.name, version: "0.1.0"), as: UTF8.self)
    #expect(!text.contains("/srv/"))
    for entry in entries { #expect(text.contains(entry.head)) }
  }

  @Test func `nothing to send is still a request`() throws {
    let body = try JSONValue(parsing: OTLPLogs.request([], file: "x", version: "1"))
    #expect(body["resourceLogs"]?.array?.first?["scopeLogs"]?.array?.first?["logRecords"] == [])
  }

  @Test func `the record that is kept is sound, and of the form that is written now`() throws {
    var verifier = AuditVerifier(anchors: nil)
    for file in try #require(FileManager.default.subpaths(atPath: Project.url("Fixtures/audit/state/audit").path))
      .sorted()
    where file.hasSuffix(".jsonl") {
      verifier.add(file: file, bytes: Array(try Data(contentsOf: Project.url("Fixtures/audit/state/audit/\(file)"))))
    }
    let verification = verifier.finish()
    #expect(verification.findings == [] && verification.files == 3)
  }
}

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

  /// The body of the request that sends them all.
  private static func body(of entries: [AuditEntry]) throws -> [UInt8] {
    var batch = OTLPBatch(try #require(entries.first), of: name, version: "0.1.0")
    for entry in entries.dropFirst() {
      let isAdded = batch.add(entry)
      #expect(isAdded)
    }
    return batch.body
  }

  @Test func `records become the body of a request as OpenTelemetry has it`() throws {
    let text = try JSONValue(parsing: Self.body(of: Self.entries())).pretty(sorted: false)
    #expect(try Golden("Fixtures/audit/otlp.json").difference(of: text) == nil)
  }

  @Test func `no argument leaves the machine, and each record's hash does`() throws {
    let entries = try Self.entries()
    let text = try String(decoding: Self.body(of: entries), as: UTF8.self)
    #expect(!text.contains("/srv/"))
    for entry in entries { #expect(text.contains(entry.head)) }
  }

  @Test func `the record that is kept is sound, and of the form that is written now`() throws {
    var verifier = AuditVerifier(anchors: .elsewhere)
    for file in try #require(FileManager.default.subpaths(atPath: Project.url("Fixtures/audit/state/audit").path))
      .sorted()
    where file.hasSuffix(".jsonl") {
      verifier.add(file: file, bytes: Array(try Data(contentsOf: Project.url("Fixtures/audit/state/audit/\(file)"))))
    }
    let verification = verifier.finish()
    #expect(verification.findings == [] && verification.files == 3)
  }
}

import LatchSchema
import Testing

/// The official suite: all of what is required, nearly all of what is optional.
@Suite(.enabled(if: Suite.found != nil, "the JSON Schema suite is absent: run Tests/fetch-json-schema-suite.sh"))
struct SuiteTests {
  @Test(arguments: [("draft2020-12", SchemaDialect.draft202012), ("draft7", .draft7)])
  func `every required test passes`(folder: String, dialect: SchemaDialect) throws {
    let score = try #require(Suite.found).run(folder, dialect: dialect, assertFormat: false)
    print("JSON-Schema-Test-Suite \(folder) required: \(score.passed) of \(score.run)")
    #expect(score.run > 900)
    #expect(score.failed == [])
  }

  @Test(arguments: [("draft2019-09", SchemaDialect.draft201909), ("draft6", .draft6), ("draft4", .draft4)])
  func `the drafts between and before pass too`(folder: String, dialect: SchemaDialect) throws {
    let score = try #require(Suite.found).run(folder, dialect: dialect, assertFormat: false)
    print("JSON-Schema-Test-Suite \(folder) required: \(score.passed) of \(score.run)")
    #expect(score.failed == [])
  }

  /// Optional tests that fail, each with the reason why that is right or cannot be helped.
  static let expectedFailures: [String: String] = [:]

  @Test(arguments: [("draft2020-12", SchemaDialect.draft202012), ("draft7", .draft7)])
  func `every optional test passes but those named here`(folder: String, dialect: SchemaDialect) throws {
    let suite = try #require(Suite.found)
    for (name, part) in [("optional", folder + "/optional"), ("format", folder + "/optional/format")] {
      let score = try suite.run(part, dialect: dialect, assertFormat: true)
      print("JSON-Schema-Test-Suite \(folder) \(name): \(score.passed) of \(score.run)")
      let unexpected = score.failed.filter { failure in !Self.expectedFailures.keys.contains { failure.hasPrefix($0) } }
      #expect(score.run > 100)
      #expect(unexpected == [])
      #expect(score.passed * 100 >= score.run * 99)
    }
  }
}

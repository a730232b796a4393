import Foundation
import LatchJSON
import LatchSchema
import LatchTestSupport
import Testing

/// Schemas as others have published them.
@Suite(.enabled(if: Corpus.url("schemas") != nil, "no corpus: set LATCH_CORPUS"))
struct PublishedSchemaTests {
  static func read(_ path: String) throws -> JSONDocument {
    let url = try #require(Corpus.url(path))
    return try JSONDocument(parsing: [UInt8](Data(contentsOf: url)))
  }

  static func files(in folder: String) throws -> [String] {
    let url = try #require(Corpus.url(folder))
    return try FileManager.default.contentsOfDirectory(atPath: url.path).filter { $0.hasSuffix(".json") }.sorted()
      .map { folder + "/" + $0 }
  }

  @Test func `every published schema compiles`() throws {
    let files = try Self.files(in: "schemas")
    var refused: [String] = []
    for file in files {
      do {
        _ = try Schema(Self.read(file))
      } catch let error as SchemaError {
        refused.append("\(file): \(error.message) at \(error.schemaPath)")
      }
    }
    print("published schemas: \(files.count - refused.count) of \(files.count) compile")
    #expect(refused == [])
  }

  @Test func `the protocol's schema takes its messages and tells what is wrong with others`() throws {
    var text = try Self.read("schemas/mcp-2025-06-18.json").value()
    guard case .object(var members) = text else { return }
    members.append(.init("$ref", "#/definitions/CallToolRequest"))
    text = .object(members)
    let schema = try Schema(text.document(), options: SchemaOptions(dialect: .draft201909))
    let good = try document(#"{"method":"tools/call","params":{"name":"x","arguments":{"a":1}}}"#)
    let bad = try document(#"{"method":"tools/cal","params":{"name":5}}"#)
    #expect(schema.failures(of: good) == [])
    #expect(
      schema.failures(of: bad).map(\.message) == [
        "must be `tools/call`, but is `tools/cal`", "must be a string, but is the number `5`",
      ])
  }

  @Test func `SARIF's schema takes a log and names what is missing in another`() throws {
    let schema = try Schema(Self.read("schemas/sarif-2.1.0.json"))
    let good = #"{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"latch"}},"results":[]}]}"#
    #expect(try schema.failures(of: document(good)) == [])
    let bad = #"{"version":"2.1","runs":[{"tool":{"driver":{}},"reslts":[]}]}"#
    #expect(
      try schema.failures(of: document(bad)).map { "\($0.instancePath): \($0.message)" } == [
        "/version: `2.1` is not `2.1.0`", "/runs/0/tool/driver: `name` is missing",
        "/runs/0/reslts: unknown key `reslts`",
      ])
  }

  @Test func `the schemas of real tools compile, or are refused for a reason`() throws {
    var compiled = 0
    var refused: [String: [String]] = [:]
    for file in try Self.files(in: "tools") {
      let server = try Self.read(file)
      guard let tools = server.member("tools", of: JSONDocument.root) else { continue }
      for tool in server.children(of: tools) {
        guard let node = server.member("inputSchema", of: tool), server.kind(node) == .object else { continue }
        do {
          _ = try Schema(server.value(at: node).document())
          compiled += 1
        } catch {
          let name = server.member("name", of: tool).map { server.string($0) } ?? ""
          refused[error.message, default: []].append("\(file) \(name)")
        }
      }
    }
    print("inputSchemas of real tools: \(compiled) compile, \(refused.values.map(\.count).reduce(0, +)) are refused")
    for (message, tools) in refused.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
      print("  \(tools.count) × \(message), such as \(tools[0])")
    }
    #expect(compiled > 3_500)
    #expect(refused.values.map(\.count).reduce(0, +) < 40)
  }
}

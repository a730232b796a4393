import Foundation
import LatchJSON
import LatchPolicy
import LatchSchema
import LatchTestSupport
import Testing

@Suite struct BundleSchemaTests {
  private let document: JSONDocument
  private let schema: Schema

  init() throws {
    document = try JSONDocument(parsing: Array(try Data(contentsOf: Project.url("Schemas/bundle.schema.json"))))
    schema = try Schema(document)
  }

  @Test func everyLineOfABundleIsAsTheSchemaSays() throws {
    var dice = Dice(seed: 4)
    for bundle in [BundleSample.bundle] + (0..<30).map({ _ in RandomBundle.bundle(&dice) }) {
      for line in try bundle.encoded().split(separator: 0x0A) {
        #expect(schema.failures(of: try JSONDocument(parsing: Array(line))).map(\.message) == [])
      }
    }
  }

  @Test func aLineWithAMemberTooManyIsRefused() throws {
    for line in try BundleSample.bundle.encoded().split(separator: 0x0A) {
      let longer = Array(line.dropLast()) + Array(#","surplus":0}"#.utf8)
      #expect(!schema.isValid(try JSONDocument(parsing: longer)))
    }
  }

  @Test func everyPlaceHasATitleADescriptionAndExamples() throws {
    var places: [(String, JSONValue)] = []
    collect(document.value(), "#", &places)
    #expect(places.count > 80)
    for (place, schema) in places {
      for keyword in ["title", "description", "examples"] {
        #expect(schema[keyword] != nil, "\(place) has no \(keyword)")
      }
    }
  }

  @Test func everyExampleOfADefinitionIsAsTheDefinitionSays() throws {
    let root = document.value()
    guard case .object(let definitions)? = root["$defs"] else {
      Issue.record("no definitions")
      return
    }
    for definition in definitions where !["automaton", "base64"].contains(definition.name) {
      let asRoot: JSONValue = .object([
        .init("$ref", .string("#/$defs/\(definition.name)")), .init("$defs", .object(definitions)),
      ])
      let schema = try Schema(asRoot.document())
      guard case .array(let examples)? = definition.value["examples"] else { continue }
      for example in examples {
        #expect(schema.failures(of: example.document()).map(\.message) == [], "\(definition.name)")
      }
    }
  }

  /// All schemas that describe a member, and all definitions.
  private func collect(_ value: JSONValue, _ place: String, _ places: inout [(String, JSONValue)]) {
    guard case .object(let members) = value else {
      if case .array(let elements) = value { for element in elements { collect(element, place, &places) } }
      return
    }
    for member in members where !["examples", "const", "enum"].contains(member.name) {
      if ["properties", "$defs"].contains(member.name), case .object(let described) = member.value {
        for schema in described where schema.value["$ref"] == nil || schema.value["title"] != nil {
          if case .object = schema.value { places.append(("\(place)/\(member.name)/\(schema.name)", schema.value)) }
        }
      }
      collect(member.value, "\(place)/\(member.name)", &places)
    }
  }
}

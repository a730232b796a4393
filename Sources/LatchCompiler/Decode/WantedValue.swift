import LatchAutomata
import LatchJSON

/// What a schema takes in the place of a value that it refused, as far as its types, values and patterns say.
struct WantedValue {
  /// The types, as the schema names them.
  private(set) var types: [String] = []
  /// Whether a text has to be one of a few words.
  private var isChoice = false
  /// The form that a text has to have.
  private var pattern: String?

  /// Reads the schema around a keyword, or all alternatives where the keyword lists them.
  init(_ place: SchemaPlace) {
    for schema in place.alternatives ?? [place.holder] { add(schema, of: place.schema) }
  }

  private mutating func add(_ index: Int, of schema: JSONDocument) {
    let words = schema.member("enum", of: index).map { Array(schema.children(of: $0)) } ?? []
    let said = schema.member("type", of: index).map { schema.words(at: $0) } ?? words.map { name(schema.kind($0)) }
    for type in said where !types.contains(type) { types.append(type) }
    guard said.contains("string") else { return }
    if !words.isEmpty { isChoice = true }
    pattern = schema.member("pattern", of: index).map { schema.string($0) } ?? pattern
  }

  /// Whether a text would do.
  func takes(_ text: String, _ forms: TextForms) -> Bool {
    types.contains("string") && !isChoice && pattern.map { forms.accept(text, $0) } != false
  }

  /// Whether a value of a kind would do, as far as that goes.
  func takes(_ kind: JSONDocument.Node.Kind) -> Bool {
    types.isEmpty || types.contains(name(kind)) || kind == .number && types.contains("integer")
  }
}

private func name(_ kind: JSONDocument.Node.Kind) -> String {
  switch kind {
  case .object: "object"
  case .array: "array"
  case .string: "string"
  case .number: "number"
  case .true, .false: "boolean"
  case .null: "null"
  }
}

/// The patterns of a schema, each compiled once.
final class TextForms {
  private var matchers: [String: PatternMatcher?] = [:]

  func accept(_ text: String, _ pattern: String) -> Bool {
    let matcher = matchers[pattern] ?? (try? PatternMatcher(regex: pattern, dialect: .ecma))
    matchers[pattern] = .some(matcher)
    return (try? matcher?.accepts(text.utf8)) == true
  }
}

/// Every keyword of the drafts 4 to 2020-12.
enum Keyword: String, CaseIterable, Sendable {
  case schema = "$schema"
  case id = "$id"
  case oldID = "id"
  case ref = "$ref"
  case anchor = "$anchor"
  case dynamicRef = "$dynamicRef"
  case dynamicAnchor = "$dynamicAnchor"
  case recursiveRef = "$recursiveRef"
  case recursiveAnchor = "$recursiveAnchor"
  case vocabulary = "$vocabulary"
  case comment = "$comment"
  case defs = "$defs"
  case definitions
  case prefixItems, items, additionalItems, contains
  case properties, patternProperties, additionalProperties, propertyNames
  case dependencies, dependentSchemas
  case `if`, then, `else`, allOf, anyOf, oneOf, not
  case unevaluatedItems, unevaluatedProperties
  case type, const, `enum`
  case multipleOf, maximum, exclusiveMaximum, minimum, exclusiveMinimum
  case maxLength, minLength, pattern
  case maxItems, minItems, uniqueItems, maxContains, minContains
  case maxProperties, minProperties, required, dependentRequired
  case format, contentEncoding, contentMediaType, contentSchema
  case title, description, `default`, deprecated, readOnly, writeOnly, examples
}

/// What a keyword's value must look like.
enum KeywordShape: Sendable {
  case anything, string, boolean, number, positiveNumber, count, array, strings, types
  case schema, schemas, schemaMap, schemaOrSchemas, patternMap, dependencies, stringsMap, vocabulary
  /// Draft 4's `exclusiveMaximum: true`.
  case flag
}

extension Keyword {
  /// The keyword spelt so, byte for byte, and what its value must be; nil where it is none in `dialect`.
  static func named(_ name: ArraySlice<UInt8>, in dialect: Dialect) -> (keyword: Keyword, shape: KeywordShape)? {
    guard name.count < byLength.count else { return nil }
    for entry in byLength[name.count] where entry.name.elementsEqual(name) {
      return entry.keyword.shape(by: entry.rule, in: dialect).map { (entry.keyword, $0) }
    }
    return nil
  }

  /// What the keyword's value must be in `dialect`; nil where it is not a keyword there.
  func shape(in dialect: Dialect) -> KeywordShape? { Self.rules[self].flatMap { shape(by: $0, in: dialect) } }

  private func shape(by rule: Rule, in dialect: Dialect) -> KeywordShape? {
    guard rule.drafts.contains(dialect.draft), dialect.vocabularies.contains(rule.vocabulary) else { return nil }
    switch (self, dialect.draft) {
    case (.items, .draft202012): return .schema
    case (.exclusiveMaximum, .draft4), (.exclusiveMinimum, .draft4): return .flag
    default: return rule.shape
    }
  }

  private struct Rule {
    var shape: KeywordShape
    var drafts: ClosedRange<SchemaDialect> = .draft4 ... .draft202012
    var vocabulary: Vocabularies
  }

  private struct Entry {
    var name: [UInt8]
    var keyword: Keyword
    var rule: Rule
  }

  /// The keywords by the length of their names: few have the same.
  private static let byLength: [[Entry]] = {
    var lists = Array(repeating: [Entry](), count: 22)
    for keyword in allCases {
      guard let rule = rules[keyword] else { preconditionFailure("every keyword has its rule") }
      lists[keyword.rawValue.utf8.count].append(Entry(name: Array(keyword.rawValue.utf8), keyword: keyword, rule: rule))
    }
    return lists
  }()

  private static let since2019: ClosedRange<SchemaDialect> = .draft201909 ... .draft202012
  private static let since7: ClosedRange<SchemaDialect> = .draft7 ... .draft202012
  private static let since6: ClosedRange<SchemaDialect> = .draft6 ... .draft202012
  private static let only2020: ClosedRange<SchemaDialect> = .draft202012 ... .draft202012

  private static let rules: [Keyword: Rule] = [
    .schema: Rule(shape: .string, vocabulary: .core),
    .id: Rule(shape: .string, drafts: since6, vocabulary: .core),
    .oldID: Rule(shape: .string, drafts: .draft4 ... .draft4, vocabulary: .core),
    .ref: Rule(shape: .string, vocabulary: .core),
    .anchor: Rule(shape: .string, drafts: since2019, vocabulary: .core),
    .dynamicRef: Rule(shape: .string, drafts: only2020, vocabulary: .core),
    .dynamicAnchor: Rule(shape: .string, drafts: only2020, vocabulary: .core),
    .recursiveRef: Rule(shape: .string, drafts: .draft201909 ... .draft201909, vocabulary: .core),
    .recursiveAnchor: Rule(shape: .boolean, drafts: .draft201909 ... .draft201909, vocabulary: .core),
    .vocabulary: Rule(shape: .vocabulary, drafts: since2019, vocabulary: .core),
    .comment: Rule(shape: .string, drafts: since7, vocabulary: .core),
    .defs: Rule(shape: .schemaMap, drafts: since2019, vocabulary: .core),
    .definitions: Rule(shape: .schemaMap, vocabulary: .core),
    .prefixItems: Rule(shape: .schemas, drafts: only2020, vocabulary: .applicator),
    .items: Rule(shape: .schemaOrSchemas, vocabulary: .applicator),
    .additionalItems: Rule(shape: .schema, drafts: .draft4 ... .draft201909, vocabulary: .applicator),
    .contains: Rule(shape: .schema, drafts: since6, vocabulary: .applicator),
    .properties: Rule(shape: .schemaMap, vocabulary: .applicator),
    .patternProperties: Rule(shape: .patternMap, vocabulary: .applicator),
    .additionalProperties: Rule(shape: .schema, vocabulary: .applicator),
    .propertyNames: Rule(shape: .schema, drafts: since6, vocabulary: .applicator),
    .dependencies: Rule(shape: .dependencies, vocabulary: .applicator),
    .dependentSchemas: Rule(shape: .schemaMap, drafts: since2019, vocabulary: .applicator),
    .if: Rule(shape: .schema, drafts: since7, vocabulary: .applicator),
    .then: Rule(shape: .schema, drafts: since7, vocabulary: .applicator),
    .else: Rule(shape: .schema, drafts: since7, vocabulary: .applicator),
    .allOf: Rule(shape: .schemas, vocabulary: .applicator),
    .anyOf: Rule(shape: .schemas, vocabulary: .applicator),
    .oneOf: Rule(shape: .schemas, vocabulary: .applicator),
    .not: Rule(shape: .schema, vocabulary: .applicator),
    .unevaluatedItems: Rule(shape: .schema, drafts: since2019, vocabulary: .unevaluated),
    .unevaluatedProperties: Rule(shape: .schema, drafts: since2019, vocabulary: .unevaluated),
    .type: Rule(shape: .types, vocabulary: .validation),
    .const: Rule(shape: .anything, drafts: since6, vocabulary: .validation),
    .enum: Rule(shape: .array, vocabulary: .validation),
    .multipleOf: Rule(shape: .positiveNumber, vocabulary: .validation),
    .maximum: Rule(shape: .number, vocabulary: .validation),
    .exclusiveMaximum: Rule(shape: .number, vocabulary: .validation),
    .minimum: Rule(shape: .number, vocabulary: .validation),
    .exclusiveMinimum: Rule(shape: .number, vocabulary: .validation),
    .maxLength: Rule(shape: .count, vocabulary: .validation),
    .minLength: Rule(shape: .count, vocabulary: .validation),
    .pattern: Rule(shape: .string, vocabulary: .validation),
    .maxItems: Rule(shape: .count, vocabulary: .validation),
    .minItems: Rule(shape: .count, vocabulary: .validation),
    .uniqueItems: Rule(shape: .boolean, vocabulary: .validation),
    .maxContains: Rule(shape: .count, drafts: since2019, vocabulary: .validation),
    .minContains: Rule(shape: .count, drafts: since2019, vocabulary: .validation),
    .maxProperties: Rule(shape: .count, vocabulary: .validation),
    .minProperties: Rule(shape: .count, vocabulary: .validation),
    .required: Rule(shape: .strings, vocabulary: .validation),
    .dependentRequired: Rule(shape: .stringsMap, drafts: since2019, vocabulary: .validation),
    .format: Rule(shape: .string, vocabulary: .format),
    .contentEncoding: Rule(shape: .string, drafts: since7, vocabulary: .content),
    .contentMediaType: Rule(shape: .string, drafts: since7, vocabulary: .content),
    .contentSchema: Rule(shape: .schema, drafts: since2019, vocabulary: .content),
    .title: Rule(shape: .string, vocabulary: .metadata),
    .description: Rule(shape: .string, vocabulary: .metadata),
    .default: Rule(shape: .anything, vocabulary: .metadata),
    .deprecated: Rule(shape: .boolean, drafts: since2019, vocabulary: .metadata),
    .readOnly: Rule(shape: .boolean, drafts: since7, vocabulary: .metadata),
    .writeOnly: Rule(shape: .boolean, drafts: since7, vocabulary: .metadata),
    .examples: Rule(shape: .array, drafts: since6, vocabulary: .metadata),
  ]
}

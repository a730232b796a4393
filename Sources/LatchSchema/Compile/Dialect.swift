/// A draft of JSON Schema, in order of age.
package enum SchemaDialect: UInt8, Sendable, Comparable, CaseIterable {
  case draft4, draft6, draft7, draft201909, draft202012

  package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

  /// The URI that `$schema` names this draft by, without a fragment.
  package var uri: String {
    switch self {
    case .draft4: "http://json-schema.org/draft-04/schema"
    case .draft6: "http://json-schema.org/draft-06/schema"
    case .draft7: "http://json-schema.org/draft-07/schema"
    case .draft201909: "https://json-schema.org/draft/2019-09/schema"
    case .draft202012: "https://json-schema.org/draft/2020-12/schema"
    }
  }

  /// The draft that a `$schema` names; `http` and `https` are not told apart, for authors mix them up.
  static func named(_ uri: [UInt8]) -> SchemaDialect? {
    func withoutScheme(_ text: some Collection<UInt8>) -> [UInt8] {
      Array(text.split(separator: UInt8(ascii: ":"), maxSplits: 1).last ?? [])
    }
    let address = withoutScheme(URIReference(uri).address)
    return allCases.first { withoutScheme($0.uri.utf8) == address }
  }
}

/// The groups of keywords that a dialect may take in or leave out (`$vocabulary`).
struct Vocabularies: OptionSet, Sendable {
  var rawValue: UInt8

  static let core = Self(rawValue: 1)
  static let applicator = Self(rawValue: 2)
  static let unevaluated = Self(rawValue: 4)
  static let validation = Self(rawValue: 8)
  static let metadata = Self(rawValue: 16)
  static let format = Self(rawValue: 32)
  static let content = Self(rawValue: 64)
  /// `format` refuses what does not have the form.
  static let formatAssertion = Self(rawValue: 128)
  static let all: Self = [.core, .applicator, .unevaluated, .validation, .metadata, .format, .content]

  /// The vocabulary with this URI, of draft 2019-09 or 2020-12.
  static func named(_ uri: some Collection<UInt8>) -> Self? {
    let text = String(decoding: uri, as: UTF8.self)
    for base in ["https://json-schema.org/draft/2020-12/vocab/", "https://json-schema.org/draft/2019-09/vocab/"]
    where text.hasPrefix(base) {
      return byName[String(text.dropFirst(base.count))]
    }
    return nil
  }

  private static let byName: [String: Self] = [
    "core": .core, "applicator": [.applicator, .unevaluated], "unevaluated": .unevaluated, "validation": .validation,
    "meta-data": .metadata, "format": .format, "format-annotation": .format,
    "format-assertion": [.format, .formatAssertion], "content": .content,
  ]
}

/// Which keywords mean something in a schema, and what.
struct Dialect: Equatable, Sendable {
  var draft: SchemaDialect
  var vocabularies: Vocabularies = .all
}

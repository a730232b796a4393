import LatchJSON

/// The drafts' own schemas, for `$ref` to them; read when first asked for.
enum Metaschemas {
  /// The document at a URI without a fragment.
  static func document(at uri: String) -> JSONDocument? {
    guard let text = texts[Array(uri.utf8)] else { return nil }
    guard let document = try? JSONDocument(parsing: Array(text.utf8)) else {
      preconditionFailure("the drafts' schemas are JSON")
    }
    return document
  }

  private static let texts: [[UInt8]: String] = Dictionary(
    uniqueKeysWithValues: [
      ("http://json-schema.org/draft-04/schema", draft4),
      ("http://json-schema.org/draft-06/schema", draft6),
      ("http://json-schema.org/draft-07/schema", draft7),
      ("https://json-schema.org/draft/2019-09/schema", draft201909),
      ("https://json-schema.org/draft/2019-09/meta/core", core201909),
      ("https://json-schema.org/draft/2019-09/meta/applicator", applicator201909),
      ("https://json-schema.org/draft/2019-09/meta/validation", validation201909),
      ("https://json-schema.org/draft/2019-09/meta/meta-data", metadata201909),
      ("https://json-schema.org/draft/2019-09/meta/content", content201909),
      ("https://json-schema.org/draft/2019-09/meta/format", format201909),
      ("https://json-schema.org/draft/2020-12/schema", draft202012),
      ("https://json-schema.org/draft/2020-12/meta/core", core),
      ("https://json-schema.org/draft/2020-12/meta/applicator", applicator),
      ("https://json-schema.org/draft/2020-12/meta/unevaluated", unevaluated),
      ("https://json-schema.org/draft/2020-12/meta/validation", validation),
      ("https://json-schema.org/draft/2020-12/meta/meta-data", metadata),
      ("https://json-schema.org/draft/2020-12/meta/content", content),
      ("https://json-schema.org/draft/2020-12/meta/format-annotation", formatAnnotation),
      ("https://json-schema.org/draft/2020-12/meta/format-assertion", formatAssertion),
    ].map { (Array($0.0.utf8), $0.1) })
}

/// Text to put in the place of a span; an empty span inserts, an empty replacement removes.
package struct Edit: Sendable, Equatable {
  package var span: Span
  package var replacement: String

  package init(_ span: Span, _ replacement: String) {
    self.span = span
    self.replacement = replacement
  }
}

/// A change that mends a finding, with a title that says what it does: "quote the key".
package struct Fix: Sendable, Equatable {
  /// Whether a fix may be made without a person looking: a policy tool does not edit unasked.
  package enum Safety: Sendable, Equatable { case safe, needsReview }

  package var title: String
  package var edits: [Edit]
  package var safety: Safety

  package init(_ title: String, _ edits: [Edit], _ safety: Safety = .needsReview) {
    self.title = title
    self.edits = edits
    self.safety = safety
  }

  /// Puts `text` in the place of `span`.
  package static func replace(_ span: Span, with text: String, _ safety: Safety = .needsReview) -> Fix {
    Fix("replace with `\(text)`", [Edit(span, text)], safety)
  }
}

/// What IDNA2008 (RFC 5892, RFC 5893) wants to know of a code point in a domain's label.
extension UnicodeTables {
  /// Whether a label may have a code point.
  package enum LabelUse: Int, Sendable {
    case valid, inJoiningContext, inOtherContext, never
  }

  package static func labelUse(of point: UInt32) -> LabelUse {
    LabelUse(rawValue: value(of: point, in: .idna2008, digits: 1)) ?? .never
  }

  /// How a code point joins its neighbours in a cursive script.
  package enum JoiningType: Int, Sendable {
    case none, causing, dual, left, right, transparent
  }

  package static func joiningType(of point: UInt32) -> JoiningType {
    JoiningType(rawValue: value(of: point, in: .joiningTypes, digits: 1)) ?? .none
  }

  /// The classes of the bidirectional algorithm, of which the rule for domains names these.
  package enum BidiClass: Int, Sendable {
    case left, right, arabicLetter, european, europeanSeparator, europeanTerminator, arabicNumber, commonSeparator
    case nonspacingMark, boundaryNeutral, paragraphSeparator, segmentSeparator, whiteSpace, otherNeutral
    case leftEmbedding, leftOverride, rightEmbedding, rightOverride, popFormat, leftIsolate, rightIsolate, firstIsolate
    case popIsolate
  }

  package static func bidiClass(of point: UInt32) -> BidiClass {
    BidiClass(rawValue: value(of: point, in: .bidiClasses, digits: 1)) ?? .left
  }

  /// Whether a code point is a virama: of canonical combining class 9.
  package static func isVirama(_ point: UInt32) -> Bool { combiningClass(of: point) == 9 }
}

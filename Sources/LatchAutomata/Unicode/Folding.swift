/// What a code point is for comparisons that ignore case (simple case folding: one for one).
func simpleCaseFold(_ point: UInt32) -> UInt32 {
  if point < 0x80 { return (0x41...0x5A).contains(point) ? point + 32 : point }
  return StaticTable.caseFolding.record(of: point).map {
    UInt32(StaticTable.caseFolding.number($0, from: 4, digits: 4))
  } ?? point
}

/// The text in normalisation form C.
package func normalisedForComposition(_ text: String) -> String {
  if text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
  return String(String.UnicodeScalarView(Normalisation.nfc(Array(text.unicodeScalars))))
}

/// The text as it is compared where case and composition must not matter: NFC and simple case folding.
///
/// Two texts that a file system or a server could take for one another give the same bytes; folding what is folded
/// changes nothing.
package func foldedForComparison(_ text: some Collection<UInt8>) -> [UInt8] {
  if text.allSatisfy({ $0 < 0x80 }) {
    return text.map { (0x41...0x5A).contains($0) ? $0 + 32 : $0 }
  }
  let scalars = Array(String(decoding: text, as: UTF8.self).unicodeScalars)
  let folded = Normalisation.nfc(scalars).compactMap { Unicode.Scalar(simpleCaseFold($0.value)) }
  // A folded mark can be one that composes, so that the form is made once more.
  return Normalisation.nfc(folded).flatMap { Array(UTF8.encode($0) ?? UTF8.encodedReplacementCharacter) }
}

/// The text as ``foldedForComparison(_:)`` compares it.
package func foldedForComparison(_ text: String) -> String {
  String(decoding: foldedForComparison(text.utf8), as: UTF8.self)
}

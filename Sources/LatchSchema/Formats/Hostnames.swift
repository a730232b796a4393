import LatchAutomata

/// Host names: RFC 1123, with internationalised labels after IDNA2008 (RFC 5890 to 5893).
extension TextBytes {
  /// A host name in ASCII; a label that begins with `xn--` must stand for a valid internationalised one.
  var isHostname: Bool {
    guard (1...253).contains(count), allSatisfy({ $0 < 0x80 }) else { return false }
    return isDomain(
      of: array.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).map { label in
        label.map(UInt32.init)
      }, strict: false)
  }

  /// A host name in any script; the four full stops of RFC 3490 separate labels.
  var isInternationalHostname: Bool {
    guard !isEmpty, count <= 4 * 253, let scalars else { return false }
    let separators: [UInt32] = [0x2E, 0x3002, 0xFF0E, 0xFF61]
    return isDomain(
      of: scalars.split(omittingEmptySubsequences: false) { separators.contains($0) }.map(Array.init), strict: true)
  }

  /// `strict` refuses ASCII labels that IDNA2008 keeps for itself, such as `ab--cd`.
  private func isDomain(of labels: [[UInt32]], strict: Bool) -> Bool {
    var decoded: [DomainLabel] = []
    var length = labels.count - 1
    for label in labels {
      guard let label = DomainLabel(label, strict: strict) else { return false }
      length += label.encodedLength
      decoded.append(label)
    }
    guard length <= 253 else { return false }
    return !decoded.contains(where: \.isBidirectional) || decoded.allSatisfy(\.followsBidiRule)
  }
}

/// One label of a domain name, valid on its own, as Unicode.
struct DomainLabel {
  let points: [UInt32]
  /// The number of octets of the label as the DNS has it.
  let encodedLength: Int

  init?(_ written: [UInt32], strict: Bool) {
    guard !written.isEmpty, written.count <= 63 else { return nil }
    if written.allSatisfy({ $0 < 0x80 }) {
      encodedLength = written.count
      guard let decoded = Self.decode(written.map { UInt8($0) }, strict: strict) else { return nil }
      points = decoded
    } else {
      guard Self.isValid(written), let encoded = Punycode.encode(written), encoded.count + 4 <= 63 else { return nil }
      points = written
      encodedLength = encoded.count + 4
    }
  }

  /// What a label in ASCII stands for.
  private static func decode(_ label: [UInt8], strict: Bool) -> [UInt32]? {
    let lower = label.map { $0.isASCIILetter ? $0 | 0x20 : $0 }
    guard lower.starts(with: "xn--".utf8) else {
      let points = lower.map(UInt32.init)
      return isLettersDigitsHyphens(label) && !(strict && hasReservedHyphens(points)) ? points : nil
    }
    guard let decoded = Punycode.decode(lower.dropFirst(4)), decoded.contains(where: { $0 >= 0x80 }),
      isValid(decoded), let again = Punycode.encode(decoded), again.elementsEqual(lower.dropFirst(4))
    else { return nil }
    return decoded
  }

  private static func isLettersDigitsHyphens(_ label: [UInt8]) -> Bool {
    label.first != UInt8(ascii: "-") && label.last != UInt8(ascii: "-")
      && label.allSatisfy { $0.isASCIILetter || $0.isASCIIDigit || $0 == UInt8(ascii: "-") }
  }

  private static func hasReservedHyphens(_ label: [UInt32]) -> Bool {
    label.count >= 4 && label[2] == 0x2D && label[3] == 0x2D
  }

  /// Whether a label that is not all ASCII is a U-label (RFC 5891, section 5.4).
  private static func isValid(_ label: [UInt32]) -> Bool {
    guard let first = label.first, first != 0x2D, label.last != 0x2D, !hasReservedHyphens(label),
      !UnicodeTables.generalCategory(of: first).hasPrefix("M"), isNormalised(label)
    else { return false }
    return label.indices.allSatisfy { index in
      switch UnicodeTables.labelUse(of: label[index]) {
      case .valid: true
      case .inJoiningContext: joins(label, index)
      case .inOtherContext: isInContext(label, index)
      case .never: false
      }
    }
  }

  private static func isNormalised(_ label: [UInt32]) -> Bool {
    var text = ""
    for point in label {
      guard let scalar = Unicode.Scalar(point) else { return false }
      text.unicodeScalars.append(scalar)
    }
    return normalisedForComposition(text).unicodeScalars.elementsEqual(text.unicodeScalars)
  }
}

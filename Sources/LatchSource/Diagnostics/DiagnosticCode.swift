/// A finding's stable name: `L` and four digits, of which the first tells the stage. Never used for another meaning.
///
/// L0 the text, L1 its shape, L2 names, L3 checks, L4 the lock, L5 the world: clients, servers, files.
package struct DiagnosticCode: Sendable, Hashable {
  package let number: UInt16

  /// Reads `L2104`; nil for anything else.
  package init?(_ text: some StringProtocol) {
    let bytes = Array(text.utf8)
    guard bytes.count == 5, bytes[0] == UInt8(ascii: "L"), bytes.dropFirst().allSatisfy({ 0x30...0x39 ~= $0 }) else {
      return nil
    }
    number = bytes.dropFirst().reduce(0) { $0 * 10 + UInt16($1 - 0x30) }
  }

  /// The first digit.
  package var stage: Int { Int(number) / 1000 }
}

extension DiagnosticCode: ExpressibleByStringLiteral {
  package init(stringLiteral text: String) {
    guard let code = DiagnosticCode(text) else { preconditionFailure("`\(text)` is not `L` and four digits") }
    self = code
  }
}

extension DiagnosticCode: Comparable {
  package static func < (left: DiagnosticCode, right: DiagnosticCode) -> Bool { left.number < right.number }
}

extension DiagnosticCode: CustomStringConvertible {
  package var description: String {
    let digits = String(number)
    return "L" + String(repeating: "0", count: 4 - digits.count) + digits
  }
}

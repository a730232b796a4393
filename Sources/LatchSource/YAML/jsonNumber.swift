/// The number of a YAML integer or float as JSON writes it: `0x1F` → `31`, `+012` → `12`, `.5` → `0.5`, `1.` → `1`.
///
/// Digits are kept, however many. Prefixed numbers fit 64 bits: `read` has refused others.
func jsonNumber(_ lexeme: ArraySlice<UInt8>) -> String {
  if let value = prefixedInteger(lexeme) { return String(value) }
  var rest = lexeme
  var number: [UInt8] = []
  if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
    if sign == UInt8(ascii: "-") { number.append(sign) }
    rest = rest.dropFirst()
  }
  let exponent = rest.firstIndex { $0 | 0x20 == UInt8(ascii: "e") } ?? rest.endIndex
  let parts = rest[..<exponent].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
  let whole = (parts.first ?? []).drop { $0 == UInt8(ascii: "0") }
  number += whole.isEmpty ? [UInt8(ascii: "0")] : whole
  if parts.count > 1, !parts[1].isEmpty { number += [UInt8(ascii: ".")] + parts[1] }
  return String(decoding: number + rest[exponent...], as: UTF8.self)
}

/// The value of `0x…` or `0o…`; nil for any other text, and for values over 64 bits.
func prefixedInteger(_ lexeme: ArraySlice<UInt8>) -> UInt64? {
  let digits = lexeme.dropFirst(2)
  guard lexeme.first == UInt8(ascii: "0"), let letter = lexeme.dropFirst().first, let base = numberBase(letter) else {
    return nil
  }
  var value: UInt64 = 0
  for digit in digits {
    let (product, carried) = value.multipliedReportingOverflow(by: UInt64(base))
    let (sum, over) = product.addingReportingOverflow(UInt64(digitValue(digit)))
    guard !carried, !over else { return nil }
    value = sum
  }
  return digits.isEmpty ? nil : value
}

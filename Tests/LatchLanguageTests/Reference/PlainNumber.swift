import Foundation
import LatchJSON
import LatchPolicy

/// A JSON number as its sign, digits without zeros at either end, and the power of ten that they are multiplied with.
struct PlainNumber: Equatable {
  private var isNegative = false
  private var digits: [UInt8] = []
  private var power = 0

  init(_ lexeme: String) {
    var text = Substring(lexeme.lowercased())
    isNegative = text.first == "-"
    if isNegative { text = text.dropFirst() }
    let parts = text.split(separator: "e")
    power = parts.count > 1 ? Int(parts[1].drop { $0 == "+" }) ?? 0 : 0
    let halves = parts[0].split(separator: ".")
    power -= halves.count > 1 ? halves[1].utf8.count : 0
    digits = halves.flatMap(\.utf8).drop { $0 == 0x30 }.map { $0 }
    while digits.last == 0x30 {
      digits.removeLast()
      power += 1
    }
    if digits.isEmpty { (isNegative, power) = (false, 0) }
  }

  var isInteger: Bool { power >= 0 }

  /// For comparing (language.md §5, note 4): at most 17 significant digits, up to 2^53−1; nil of others.
  var bounded: Decimal? {
    guard digits.count <= 17, power < 20 else { return nil }
    let text = "\(isNegative ? "-" : "")\(String(decoding: digits.isEmpty ? [0x30] : digits, as: UTF8.self))e\(power)"
    guard let value = Decimal(string: text) else { return nil }
    return abs(value) > 9_007_199_254_740_991 ? nil : value
  }
}

/// JSON equality: numbers by exact decimal value, members in any order, strings by their bytes.
func isEqual(_ left: JSONValue, _ right: JSONValue) -> Bool {
  switch (left, right) {
  case (.null, .null): true
  case (.bool(let left), .bool(let right)): left == right
  case (.number(let left), .number(let right)): PlainNumber(left) == PlainNumber(right)
  case (.string(let left), .string(let right)): isSame(left, right)
  case (.array(let left), .array(let right)): left.count == right.count && zip(left, right).allSatisfy(isEqual)
  case (.object(let left), .object(let right)):
    left.count == right.count
      && left.allSatisfy { member in right.contains { isSame($0.name, member.name) && isEqual($0.value, member.value) }
      }
  default: false
  }
}

extension JSONValue {
  /// The types of JSON Schema that it has.
  var jsonTypes: Set<JSONType> {
    switch self {
    case .null: [.null]
    case .bool: [.boolean]
    case .number(let lexeme): PlainNumber(lexeme).isInteger ? [.number, .integer] : [.number]
    case .string: [.string]
    case .array: [.array]
    case .object: [.object]
    }
  }
}

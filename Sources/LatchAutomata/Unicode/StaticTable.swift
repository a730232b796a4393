/// Records of a fixed width in the program's read-only text: nothing is built at start, a search reads what it needs.
///
/// A record is digits of base 64 in ASCII order, and begins with a code point in four of them.
struct StaticTable: Sendable {
  let width: Int
  private let digits: Base64Digits

  init(width: Int, _ text: StaticString) {
    self.width = width
    digits = Base64Digits(text)
  }

  var count: Int { digits.count / width }

  /// The number in some digits of a record.
  func number(_ record: Int, from first: Int, digits length: Int) -> Int {
    let start = record * width + first
    var number = 0
    for index in start..<start + length { number = number << 6 | digits[index] }
    return number
  }

  func key(_ record: Int) -> Int { number(record, from: 0, digits: 4) }

  /// The last record whose key is not above the code point.
  func record(atOrBelow point: UInt32) -> Int? {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if key(middle) <= point { low = middle + 1 } else { high = middle }
    }
    return low > 0 ? low - 1 : nil
  }

  /// The record with this code point for its key.
  func record(of point: UInt32) -> Int? {
    record(atOrBelow: point).flatMap { key($0) == point ? $0 : nil }
  }
}

/// Text of the 64 digits that the tables are written in; the one place that reads static text by address.
struct Base64Digits: Sendable {
  private let text: StaticString

  init(_ text: StaticString) {
    self.text = text
  }

  var count: Int { text.utf8CodeUnitCount }

  subscript(index: Int) -> Int {
    precondition(index >= 0 && index < text.utf8CodeUnitCount, "a place outside a table")
    let byte = unsafe text.utf8Start[index]
    return switch byte {
    case UInt8(ascii: "-"): 0
    case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(byte) - 47
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): Int(byte) - 54
    case UInt8(ascii: "_"): 37
    default: Int(byte) - 59
    }
  }
}

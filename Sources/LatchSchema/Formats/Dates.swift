/// Dates and times of RFC 3339, durations of ISO 8601 as RFC 3339, appendix A, has them.
extension TextBytes {
  /// `2024-02-29`.
  var isDate: Bool {
    guard count == 10, self[4] == UInt8(ascii: "-"), self[7] == UInt8(ascii: "-"), let year = digits(at: 0, 4),
      let month = digits(at: 5, 2), let day = digits(at: 8, 2), (1...12).contains(month)
    else { return false }
    let isLeapYear = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let days = [31, isLeapYear ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return (1...days[month - 1]).contains(day)
  }

  /// `23:59:60Z`, `08:30:06.283185+01:00`: with an offset; a leap second only in the last minute of a day in UTC.
  var isTime: Bool {
    guard count >= 9, self[2] == UInt8(ascii: ":"), self[5] == UInt8(ascii: ":"), let hour = digits(at: 0, 2),
      let minute = digits(at: 3, 2), let second = digits(at: 6, 2), hour <= 23, minute <= 59, second <= 60
    else { return false }
    var index = 8
    if self[index] == UInt8(ascii: ".") {
      let from = index + 1
      index = from
      while index < count, self[index].isASCIIDigit { index += 1 }
      guard index > from else { return false }
    }
    guard let offset = from(index).offsetInMinutes else { return false }
    let minuteOfDay = (hour * 60 + minute - offset + 2 * 1_440) % 1_440
    return second < 60 || minuteOfDay == 1_439
  }

  /// The offset from UTC that this text is.
  private var offsetInMinutes: Int? {
    if count == 1 { return self[0] | 0x20 == UInt8(ascii: "z") ? 0 : nil }
    guard count == 6, self[3] == UInt8(ascii: ":"), self[0] == UInt8(ascii: "+") || self[0] == UInt8(ascii: "-"),
      let hours = digits(at: 1, 2), let minutes = digits(at: 4, 2), hours <= 23, minutes <= 59
    else { return nil }
    return (hours * 60 + minutes) * (self[0] == UInt8(ascii: "-") ? -1 : 1)
  }

  /// A date, `T`, a time.
  var isDateTime: Bool {
    guard count > 11, self[10] | 0x20 == UInt8(ascii: "t") else { return false }
    return upTo(10).isDate && from(11).isTime
  }

  /// `P4DT12H30M5S`, `P2W`.
  var isDuration: Bool {
    guard count >= 3, self[0] == UInt8(ascii: "P") else { return false }
    if self[count - 1] == UInt8(ascii: "W") { return count > 2 && self[1..<(count - 1)].allSatisfy(\.isASCIIDigit) }
    let mark = firstIndex(of: UInt8(ascii: "T")) ?? count
    guard self[1..<mark].isUnits("YMD"), mark > 1 || mark < count else { return false }
    return mark == count || (mark + 1 < count && from(mark + 1).isUnits("HMS"))
  }

  /// Whether this is numbers with units, each following on the one before it without a gap, as the grammar wants.
  private func isUnits(_ units: String) -> Bool {
    let units = Array(units.utf8)
    var last: Int?
    var digits = 0
    for index in 0..<count {
      if self[index].isASCIIDigit {
        digits += 1
        continue
      }
      guard digits > 0, let unit = units.firstIndex(of: self[index]), last.map({ unit == $0 + 1 }) ?? true else {
        return false
      }
      last = unit
      digits = 0
    }
    return digits == 0
  }
}

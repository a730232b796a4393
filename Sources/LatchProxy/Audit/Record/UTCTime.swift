#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A moment to the millisecond, as the record writes it: RFC 3339, UTC.
package struct UTCTime: Sendable, Equatable, Comparable {
  /// Since 1970; never before it, nor after the year 9999, which has no other spelling.
  package let milliseconds: Int

  package init(milliseconds: Int) { self.milliseconds = min(max(milliseconds, 0), Self.latest) }

  package static func now() -> UTCTime {
    var time = timespec()
    _ = unsafe clock_gettime(CLOCK_REALTIME, &time)
    return UTCTime(milliseconds: time.tv_sec * 1000 + time.tv_nsec / 1_000_000)
  }

  package static func < (left: UTCTime, right: UTCTime) -> Bool { left.milliseconds < right.milliseconds }

  /// Days since 1970.
  var day: Int { milliseconds / Self.perDay }

  /// `2026-02-03`.
  package var date: String { String(text.prefix(10)) }

  /// `2026-02-03T10:11:12.345Z`.
  package var text: String {
    var bytes: [UInt8] = []
    append(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  func append(to bytes: inout [UInt8]) {
    let (year, month, dayOfMonth) = Self.civil(day)
    let seconds = milliseconds % Self.perDay / 1000
    Self.append(year, digits: 4, to: &bytes)
    bytes.append(0x2D)
    Self.append(month, digits: 2, to: &bytes)
    bytes.append(0x2D)
    Self.append(dayOfMonth, digits: 2, to: &bytes)
    bytes.append(0x54)
    Self.append(seconds / 3600, digits: 2, to: &bytes)
    bytes.append(0x3A)
    Self.append(seconds / 60 % 60, digits: 2, to: &bytes)
    bytes.append(0x3A)
    Self.append(seconds % 60, digits: 2, to: &bytes)
    bytes.append(0x2E)
    Self.append(milliseconds % 1000, digits: 3, to: &bytes)
    bytes.append(0x5A)
  }

  private static func append(_ number: Int, digits: Int, to bytes: inout [UInt8]) {
    var divisor = digits == 4 ? 1000 : digits == 3 ? 100 : 10
    while divisor > 0 {
      bytes.append(UInt8(0x30 + number / divisor % 10))
      divisor /= 10
    }
  }

  static let perDay = 86_400_000
  private static let latest = 253_402_300_799_999
}

extension UTCTime {
  /// The day of the civil calendar that a number of days since 1970 falls on. Years begin in March here, so that the
  /// leap day is the last; 400 of them are an era of 146,097 days.
  private static func civil(_ day: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = day + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted % 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let month = (5 * dayOfYear + 2) / 153
    let dayOfMonth = dayOfYear - (153 * month + 2) / 5 + 1
    let year = yearOfEra + era * 400 + (month >= 10 ? 1 : 0)
    return (year, month < 10 ? month + 3 : month - 9, dayOfMonth)
  }

  private static func days(year: Int, month: Int, day: Int) -> Int {
    let shifted = month > 2 ? year : year - 1
    let yearOfEra = shifted % 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return shifted / 400 * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  /// Reads `2026-02-03`, or a time of RFC 3339 with any offset; nil for all else, and for what is before 1970.
  package init?(parsing text: String) {
    var scan = TimeScan(bytes: Array(text.utf8))
    guard let year = scan.number(4), scan.take(0x2D), let month = scan.number(2), scan.take(0x2D),
      let day = scan.number(2), (1...12).contains(month), year >= 1970, day >= 1
    else { return nil }
    let number = Self.days(year: year, month: month, day: day)
    // What the calendar does not have comes back as another day.
    guard Self.civil(number) == (year, month, day) else { return nil }
    guard let clock = scan.isAtEnd ? 0 : scan.clock(), scan.isAtEnd else { return nil }
    let milliseconds = number * Self.perDay + clock
    guard milliseconds >= 0 else { return nil }
    self.init(milliseconds: milliseconds)
  }
}

/// Takes a time apart from left to right.
private struct TimeScan {
  let bytes: [UInt8]
  var position = 0

  var isAtEnd: Bool { position == bytes.count }

  mutating func take(_ wanted: UInt8...) -> Bool {
    guard position < bytes.count, wanted.contains(bytes[position]) else { return false }
    position += 1
    return true
  }

  mutating func number(_ digits: Int) -> Int? {
    guard position + digits <= bytes.count else { return nil }
    var value = 0
    for byte in bytes[position..<position + digits] {
      guard (0x30...0x39).contains(byte) else { return nil }
      value = value * 10 + Int(byte - 0x30)
    }
    position += digits
    return value
  }

  /// `T10:11:12.345+01:00` in milliseconds of the day in UTC, which may be before or after it.
  mutating func clock() -> Int? {
    guard take(0x54, 0x74, 0x20), let hours = number(2), take(0x3A), let minutes = number(2), take(0x3A),
      let seconds = number(2), hours < 24, minutes < 60, seconds <= 60
    else { return nil }
    var fraction = 0
    if take(0x2E) {
      let start = position
      while position < bytes.count, (0x30...0x39).contains(bytes[position]) {
        if position - start < 3 { fraction = fraction * 10 + Int(bytes[position] - 0x30) }
        position += 1
      }
      guard position > start else { return nil }
      for _ in min(position - start, 3)..<3 { fraction *= 10 }
    }
    guard let offset = offset() else { return nil }
    return ((hours * 60 + minutes - offset) * 60 + seconds) * 1000 + fraction
  }

  /// Minutes east of Greenwich.
  private mutating func offset() -> Int? {
    if take(0x5A, 0x7A) { return 0 }
    let sign = position < bytes.count && bytes[position] == 0x2D ? -1 : 1
    guard take(0x2B, 0x2D), let hours = number(2), take(0x3A), let minutes = number(2), hours < 24, minutes < 60 else {
      return nil
    }
    return sign * (hours * 60 + minutes)
  }
}

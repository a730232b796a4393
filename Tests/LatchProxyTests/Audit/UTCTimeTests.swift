import Foundation
import LatchProxy
import Testing

@Suite struct UTCTimeTests {
  @Test func `times are spelled as Foundation spells them, and read back`() {
    var dice = AuditDice(state: 7)
    let formatter = ISO8601DateFormatter()
    formatter.formatOptions = [.withInternetDateTime]
    for _ in 0..<5000 {
      let milliseconds = dice.roll(0..<253_402_300_800_000)
      let time = UTCTime(milliseconds: milliseconds)
      let seconds = formatter.string(from: Date(timeIntervalSince1970: Double(milliseconds / 1000))).dropLast()
      let fraction = String(1000 + milliseconds % 1000).dropFirst()
      #expect(time.text == "\(seconds).\(fraction)Z")
      #expect(UTCTime(parsing: time.text) == time)
    }
  }

  @Test func `the days around every end of February are right`() {
    for year in 1970...2400 {
      let last = UTCTime(parsing: "\(year)-03-01").map { UTCTime(milliseconds: $0.milliseconds - 1) }
      let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
      #expect(last?.text == "\(year)-02-\(isLeap ? 29 : 28)T23:59:59.999Z")
      #expect((UTCTime(parsing: "\(year)-02-29") != nil) == isLeap)
    }
  }

  @Test(arguments: [
    ("2026-02-03", "2026-02-03T00:00:00.000Z"), ("2026-02-03T10:11:12Z", "2026-02-03T10:11:12.000Z"),
    ("2026-02-03t10:11:12.3z", "2026-02-03T10:11:12.300Z"), ("2026-02-03 10:11:12Z", "2026-02-03T10:11:12.000Z"),
    ("2026-02-03T10:11:12.3456789+01:30", "2026-02-03T08:41:12.345Z"),
    ("2026-02-03T23:30:00-01:00", "2026-02-04T00:30:00.000Z"), ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00.000Z"),
  ])
  func `what RFC 3339 allows is read`(_ text: String, _ same: String) { #expect(UTCTime(parsing: text)?.text == same) }

  @Test(arguments: [
    "", "2026", "2026-2-3", "2026-13-01", "2026-02-30", "2026-00-01", "2026-01-00", "1969-12-31", "2026-02-03T10:11",
    "2026-02-03T10:11:12", "2026-02-03T24:00:00Z", "2026-02-03T10:60:00Z", "2026-02-03T10:11:12.Z",
    "2026-02-03T10:11:12+1:00", "2026-02-03T10:11:12Zx", "2026-02-03x", "1970-01-01T00:00:00+01:00", "-2026-02-03",
  ])
  func `what it does not is not`(_ text: String) { #expect(UTCTime(parsing: text) == nil) }

  @Test func `what no clock should say is kept within the calendar`() {
    #expect(UTCTime(milliseconds: -5).text == "1970-01-01T00:00:00.000Z")
    #expect(UTCTime(milliseconds: .max).text == "9999-12-31T23:59:59.999Z")
  }

  @Test func `since takes times and how long ago`() {
    let now = UTCTime(milliseconds: 1_000_000_000_000)
    for (text, ago) in [("5ms", 5), ("90s", 90_000), ("15m", 900_000), ("24h", 86_400_000), ("7d", 604_800_000)] {
      #expect(UTCTime(since: text, now: now)?.milliseconds == now.milliseconds - ago)
    }
    #expect(UTCTime(since: "2001-01-01", now: now)?.text == "2001-01-01T00:00:00.000Z")
    #expect(UTCTime(since: "9223372036854775807d", now: now)?.milliseconds == 0)
    for text in ["", "5", "0s", "05m", "m", "5 m", "-5m", "5w", "99999999999999999999d"] {
      #expect(UTCTime(since: text, now: now) == nil, "\(text)")
    }
  }
}

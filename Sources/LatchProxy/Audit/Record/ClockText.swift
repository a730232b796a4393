/// A moment as a JSON string; within one second nothing of it is made anew but the milliseconds.
struct ClockText: Sendable {
  private var second = -1
  private var text: [UInt8] = []

  mutating func quoted(_ time: UTCTime) -> [UInt8] {
    let now = time.milliseconds / 1000
    if now != second {
      second = now
      text = [0x22]
      time.append(to: &text)
      text.append(0x22)
    }
    // `"2026-02-03T10:11:12.345Z"`
    let milliseconds = time.milliseconds % 1000
    text[21] = UInt8(0x30 + milliseconds / 100)
    text[22] = UInt8(0x30 + milliseconds / 10 % 10)
    text[23] = UInt8(0x30 + milliseconds % 10)
    return text
  }
}

/// Punycode (RFC 3492): Unicode in the letters of host names.
enum Punycode {
  private static let base: UInt32 = 36
  private static let tMin: UInt32 = 1
  private static let tMax: UInt32 = 26

  /// The code points that `text`, in lower case and without `xn--`, stands for.
  static func decode(_ text: some BidirectionalCollection<UInt8>) -> [UInt32]? {
    let text = Array(text)
    var output: [UInt32] = []
    var index = 0
    if let hyphen = text.lastIndex(of: UInt8(ascii: "-")) {
      guard hyphen > 0 else { return nil }
      output = text[..<hyphen].map(UInt32.init)
      index = hyphen + 1
    }
    guard index < text.count, text.allSatisfy({ $0 < 0x80 }) else { return nil }
    var state = State()
    while index < text.count {
      let before = state.delta
      var weight: UInt32 = 1
      var position = base
      while true {
        guard index < text.count, let digit = value(of: text[index]) else { return nil }
        index += 1
        let (product, overflow) = digit.multipliedReportingOverflow(by: weight)
        let (sum, carry) = state.delta.addingReportingOverflow(product)
        if overflow || carry { return nil }
        state.delta = sum
        let threshold = state.threshold(position)
        if digit < threshold { break }
        let (next, tooMuch) = weight.multipliedReportingOverflow(by: base - threshold)
        if tooMuch { return nil }
        weight = next
        position += base
      }
      let length = UInt32(output.count) + 1
      let delta = state.delta
      state.adapt(delta - before, length, isFirst: before == 0)
      let (point, overflow) = state.point.addingReportingOverflow(delta / length)
      guard !overflow, Unicode.Scalar(point) != nil else { return nil }
      state.point = point
      state.delta = delta % length
      output.insert(point, at: Int(state.delta))
      state.delta += 1
    }
    return output
  }

  /// The letters, digits and hyphens that stand for `points`; nil if they are too many for a host name.
  static func encode(_ points: [UInt32]) -> [UInt8]? {
    var output = points.filter { $0 < 0x80 }.map { UInt8($0) }
    var handled = UInt32(output.count)
    if handled > 0 { output.append(UInt8(ascii: "-")) }
    let basic = handled
    var state = State()
    while handled < points.count {
      guard let next = points.filter({ $0 >= state.point }).min(), output.count <= 63 else { return nil }
      let (product, overflow) = (next - state.point).multipliedReportingOverflow(by: handled + 1)
      let (sum, carry) = state.delta.addingReportingOverflow(product)
      if overflow || carry { return nil }
      state.delta = sum
      state.point = next
      for point in points {
        if point < next { state.delta += 1 }
        guard point == next else { continue }
        append(state, to: &output)
        state.adapt(state.delta, handled + 1, isFirst: handled == basic)
        state.delta = 0
        handled += 1
      }
      state.delta += 1
      state.point += 1
    }
    return output
  }

  private static func append(_ state: State, to output: inout [UInt8]) {
    var rest = state.delta
    var position = base
    while true {
      let threshold = state.threshold(position)
      if rest < threshold { break }
      output.append(digit(threshold + (rest - threshold) % (base - threshold)))
      rest = (rest - threshold) / (base - threshold)
      position += base
    }
    output.append(digit(rest))
  }

  private static func digit(_ value: UInt32) -> UInt8 { UInt8(value < 26 ? value + 0x61 : value - 26 + 0x30) }

  private static func value(of digit: UInt8) -> UInt32? {
    if digit.isASCIIDigit { return UInt32(digit - 0x30) + 26 }
    return digit.isASCIILetter ? UInt32((digit | 0x20) - 0x61) : nil
  }

  /// What both directions carry along.
  private struct State {
    var point: UInt32 = 0x80
    var delta: UInt32 = 0
    var bias: UInt32 = 72

    func threshold(_ position: UInt32) -> UInt32 {
      position <= bias + tMin ? tMin : position >= bias + tMax ? tMax : position - bias
    }

    mutating func adapt(_ change: UInt32, _ length: UInt32, isFirst: Bool) {
      var change = isFirst ? change / 700 : change / 2
      change += change / length
      var steps: UInt32 = 0
      while change > (base - tMin) * tMax / 2 {
        change /= base - tMin
        steps += base
      }
      bias = steps + (base - tMin + 1) * change / (change + 38)
    }
  }
}

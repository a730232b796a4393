import Synchronization

/// Standard error: whole lines, free of control characters, and never waited for.
///
/// A client that does not read it loses lines, and is told how many, but nothing stops because of it.
final class Diagnostics: Sendable {
  private let descriptor: Int32
  private let dropped = Mutex(0)
  /// A pipe takes so much at once or nothing.
  private static let longest = 2048

  init(_ descriptor: Int32) { self.descriptor = descriptor }

  func write(_ text: String) { write("latch-proxy", Array(text.utf8)) }

  /// `[source] text`, on one line.
  func write(_ source: String, _ text: [UInt8]) {
    var line = Array("[\(source)] ".utf8)
    appendVisibly(text, to: &line)
    line.append(0x0A)
    dropped.withLock { dropped in
      guard Descriptors.isWritable(descriptor, within: dropped == 0 ? 50 : 0) else {
        dropped += 1
        return
      }
      if dropped > 0 {
        _ = Descriptors.write(Array("[latch-proxy] \(dropped) lines were lost here\n".utf8).span, to: descriptor)
        dropped = 0
        guard Descriptors.isWritable(descriptor, within: 0) else { return dropped = 1 }
      }
      _ = Descriptors.write(line.span, to: descriptor)
    }
  }

  private func appendVisibly(_ text: [UInt8], to line: inout [UInt8]) {
    for scalar in String(decoding: text.prefix(Self.longest), as: UTF8.self).unicodeScalars {
      switch scalar.value {
      case 0x09: line.append(0x20)
      case 0..<0x20, 0x7F: line += "\\x".utf8 + hexadecimal(scalar.value, digits: 2)
      case 0x80...0x9F, 0xAD, 0x061C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF, 0xFFF9...0xFFFB,
        0xE0000...0xE007F:
        line += "\\u{".utf8 + hexadecimal(scalar.value, digits: 4) + "}".utf8
      default: line += String(scalar).utf8
      }
    }
    if text.count > Self.longest { line += "…".utf8 }
  }

  private func hexadecimal(_ value: UInt32, digits: Int) -> [UInt8] {
    let text = Array(String(value, radix: 16).utf8)
    return Array(repeating: 0x30, count: max(0, digits - text.count)) + text
  }
}

extension Diagnostics {
  /// Passes on what the server complains of, line by line, until it has nothing more to say.
  func echo(_ descriptor: Int32, source: String) {
    var reader = LineReader(limit: 65_536)
    while reader.fill(from: descriptor) {
      while let event = reader.next() {
        switch event {
        case .line(let range): write(source, Array(reader.buffer[range]))
        case .tooLong: write(source, Array("(a line of over 64 KiB)".utf8))
        }
      }
    }
    let rest = reader.unfinished
    if !rest.isEmpty { write(source, Array(rest)) }
  }
}

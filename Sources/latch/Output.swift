#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The one door to the outside: results to stdout, talk to stderr.
enum Output {
  /// Prints a result, and a line end if it has none.
  static func print(_ text: String) { write(text.utf8.last == UInt8(ascii: "\n") ? text : text + "\n", to: 1) }

  /// Says something that is not the result, on a line of its own.
  static func say(_ text: String) { write(text.utf8.last == UInt8(ascii: "\n") ? text : text + "\n", to: 2) }

  /// Writes to the terminal behind stderr, where the cursor is.
  static func draw(_ text: String) { write(text, to: 2) }

  /// Asks on the terminal and returns the answer; nil without a terminal to ask on.
  static func ask(_ question: String) -> String? {
    guard isatty(0) == 1, isatty(2) == 1 else { return nil }
    write(question, to: 2)
    return readLine(strippingNewline: true) ?? ""
  }

  static var errorsAreOnTerminal: Bool { isatty(2) == 1 }

  static var resultsAreOnTerminal: Bool { isatty(1) == 1 }

  /// Gives streams that are closed (`>&-`) a place holder on which reading and writing fail: a file that is opened later
  /// would get the stream's number, and with it what is printed.
  static func fillClosedStreams() {
    for descriptor: Int32 in 0...2 where fcntl(descriptor, F_GETFD) < 0 {
      // What is opened gets the lowest number that is free.
      _ = unsafe open("/dev/null", descriptor == 0 ? O_WRONLY : O_RDONLY)
    }
  }

  private static func write(_ text: String, to descriptor: Int32) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes { unsafe systemWrite(descriptor, $0) }
      if count < 0, errno == EINTR || errno == EAGAIN { continue }
      guard count > 0 else { return giveUp(writingTo: descriptor) }
      rest = rest.dropFirst(count)
    }
  }

  /// Whoever reads may have gone (`latch tools | head`): then there is nobody to tell. For every other reason we end here,
  /// since half a result, or none, would pass for the whole.
  private static func giveUp(writingTo descriptor: Int32) {
    guard descriptor == 1, errno != EPIPE else { return }
    say("latch: cannot write to standard output: \(lastSystemError())")
    exit(2)
  }
}

private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
  unsafe write(descriptor, bytes.baseAddress, bytes.count)
}

extension String {
  /// The text without anything that a terminal would obey: control characters, and what ends a line
  /// or turns the direction of text.
  var harmless: String {
    let kept = unicodeScalars.map { scalar -> Unicode.Scalar in
      let isControl = scalar.value < 0x20 || 0x7F...0x9F ~= scalar.value
      let turns =
        [0x061C, 0x200E, 0x200F, 0x2028, 0x2029].contains(scalar.value)
        || 0x202A...0x202E ~= scalar.value || 0x2066...0x2069 ~= scalar.value
      return isControl || turns ? "\u{FFFD}" : scalar
    }
    return String(String.UnicodeScalarView(kept))
  }
}

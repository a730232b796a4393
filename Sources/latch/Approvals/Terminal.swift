#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The terminal that a person sits at: what is shown and asked here reaches nobody else, whatever is redirected.
struct Terminal: ~Copyable {
  private let descriptor: Int32

  /// Standard input and output have to be a terminal too: a program that is run by another usually has neither.
  init() throws(Failure) {
    guard isatty(0) == 1, isatty(1) == 1 else { throw Self.missing }
    let opened = unsafe open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)
    guard opened >= 0 else { throw Self.missing }
    descriptor = opened
  }

  deinit { close(descriptor) }

  private static let missing = Failure(
    "approving wants a person at a terminal: standard input and output must both be one; `latch deny` needs none")

  func show(_ text: String) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }

  /// Asks, and returns the line that is typed then; what was typed before the question is no answer to it.
  func ask(_ question: String) -> String? {
    tcflush(descriptor, TCIFLUSH)
    show(question)
    var line: [UInt8] = []
    while let byte = nextByte(), byte != 0x0A, line.count < Self.longest { line.append(byte) }
    return line.isEmpty ? nil : String(decoding: line, as: UTF8.self)
  }

  /// Asks for what nobody is to see; nil if nothing was typed, or Ctrl-C was.
  ///
  /// The terminal is told to obey no keys meanwhile, so that it is left as it was found whatever is typed.
  func askUnseen(_ question: String) -> String? {
    var settings = termios()
    guard unsafe tcgetattr(descriptor, &settings) == 0 else { return nil }
    var unseen = settings
    unseen.c_lflag &= ~tcflag_t(ECHO | ECHONL | ICANON | ISIG | IEXTEN)
    unsafe withUnsafeMutableBytes(of: &unseen.c_cc) { unsafe ($0[Int(VMIN)], $0[Int(VTIME)]) = (1, 0) }
    guard unsafe tcsetattr(descriptor, TCSAFLUSH, &unseen) == 0 else { return nil }
    show(question)
    var line = UnseenLine()
    while line.isOpen, let byte = nextByte() { line.take(byte) }
    unsafe tcsetattr(descriptor, TCSAFLUSH, &settings)
    show("\n")
    return line.text
  }

  private static let longest = 4096

  private func nextByte() -> UInt8? {
    var byte: UInt8 = 0
    while true {
      let count = unsafe read(descriptor, &byte, 1)
      if count < 0, errno == EINTR { continue }
      return count == 1 ? byte : nil
    }
  }
}

/// What is typed where the terminal itself does nothing.
private struct UnseenLine {
  private var bytes: [UInt8] = []
  private(set) var isOpen = true

  /// nil for nothing.
  var text: String? { isOpen || bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self) }

  mutating func take(_ byte: UInt8) {
    switch byte {
    case 0x0A, 0x0D: isOpen = false
    case 0x03, 0x04, 0x1A, 0x1C:  // Ctrl-C, -D, -Z, -\
      bytes = []
      isOpen = false
    case 0x15: bytes = []  // Ctrl-U
    case 0x08, 0x7F:
      while let last = bytes.popLast(), last & 0xC0 == 0x80 {}
    default: if bytes.count < 4096 { bytes.append(byte) }
    }
  }
}

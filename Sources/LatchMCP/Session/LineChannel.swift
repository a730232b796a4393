import LatchLaunch

/// Lines to and from a child: whole, bounded, and against a deadline.
struct LineChannel: ~Copyable {
  private let child: OwnedChild
  private let limits: SessionLimits
  private let end: Deadline
  private var pending: [UInt8] = []
  /// Where the first unread line begins in `pending`, and up to where no line end was found.
  private var start = 0
  private var searched = 0
  private var received = 0
  private var lines = 0
  private var buffer = [UInt8](repeating: 0, count: 65_536)
  private var complaints: [UInt8] = []
  private var isComplaining = true
  private var isSpeaking = true

  init(_ command: ProgramCommand, limits: SessionLimits) throws(UpstreamError) {
    do {
      child = try OwnedChild(command)
    } catch {
      throw .launch(error)
    }
    self.limits = limits
    end = Deadline(in: limits.session)
  }

  /// Writes a line; reads meanwhile, so that neither side waits for the other for ever.
  mutating func send(_ line: [UInt8], for method: String, before deadline: Deadline) throws(UpstreamError) {
    var rest = (line + [UInt8(ascii: "\n")])[...]
    while !rest.isEmpty {
      let ready = child.wait(toWrite: true, diagnosing: isComplaining, before: deadline)
      try read(ready)
      if ready.input {
        guard let count = child.write(rest) else { throw ended() }
        rest = rest.dropFirst(count)
      }
      try check(deadline, method)
    }
  }

  /// The next line without its end; empty ones are passed over.
  mutating func receive(for method: String, before deadline: Deadline) throws(UpstreamError) -> [UInt8] {
    while true {
      if let line = try nextLine() { return line }
      guard isSpeaking else { throw ended() }
      try check(deadline, method)
      try read(child.wait(toWrite: false, diagnosing: isComplaining, before: deadline))
    }
  }

  private func check(_ deadline: Deadline, _ method: String) throws(UpstreamError) {
    if deadline.hasPassed || end.hasPassed { throw .timedOut(method: method, hint: nil) }
  }

  private mutating func nextLine() throws(UpstreamError) -> [UInt8]? {
    while let feed = pending[searched...].firstIndex(of: UInt8(ascii: "\n")) {
      var line = pending[start..<feed]
      start = feed + 1
      searched = start
      lines += 1
      guard lines <= limits.lines else { throw .tooMuch("over \(limits.lines) lines") }
      if line.last == UInt8(ascii: "\r") { line.removeLast() }
      if !line.isEmpty { return Array(line) }
    }
    searched = pending.count
    pending.removeFirst(start)
    searched -= start
    start = 0
    guard pending.count <= limits.lineBytes else { throw .tooMuch("a line of over \(limits.lineBytes) bytes") }
    return nil
  }

  private mutating func read(_ ready: OwnedChild.Readiness) throws(UpstreamError) {
    if ready.diagnostics {
      if let count = child.readDiagnostics(&buffer) {
        complaints = (complaints + buffer[..<count]).suffix(2_000)
      } else {
        isComplaining = false
      }
    }
    guard ready.output, isSpeaking else { return }
    guard let count = child.readOutput(&buffer) else {
      isSpeaking = false
      return
    }
    received += count
    guard received <= limits.sessionBytes else { throw .tooMuch("over \(limits.sessionBytes) bytes") }
    pending += buffer[..<count]
  }

  private mutating func ended() -> UpstreamError {
    let soon = Deadline(in: .milliseconds(300))
    let code = child.ending(before: soon)
    while isComplaining, !soon.hasPassed {
      let ready = child.wait(toWrite: false, diagnosing: true, before: Deadline(in: .milliseconds(50)))
      guard ready.diagnostics, let count = child.readDiagnostics(&buffer) else { break }
      complaints = (complaints + buffer[..<count]).suffix(2_000)
    }
    return .ended(code: code, complaint: lastWords)
  }

  /// The last lines that were said, on one line, without anything that a terminal would obey.
  private var lastWords: String {
    let text = String(decoding: complaints, as: UTF8.self)
    let lines = text.split(whereSeparator: \.isNewline).suffix(3)
    return String(
      String.UnicodeScalarView(
        lines.joined(separator: " / ").unicodeScalars.filter { $0.value >= 0x20 && !(0x7F...0x9F ~= $0.value) }))
  }
}

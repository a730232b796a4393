#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A started program that is spoken to against a deadline; it and all its group are gone when this value is.
package struct OwnedChild: ~Copyable {
  private let child: ChildProcess
  /// -1 once closed.
  private var input: Int32
  /// How long it may take to leave by itself, in milliseconds.
  private let grace: Int

  /// What can be done now with the three pipes.
  package struct Readiness {
    package var input = false
    package var output = false
    package var diagnostics = false
  }

  /// Starts the program. On Linux it also ends with the calling thread.
  package init(_ command: ProgramCommand, grace: Int = 700) throws(LaunchError) {
    do {
      child = try ChildProcess.start(command, diesWithUs: true)
    } catch {
      throw .cannotStart(error.message)
    }
    input = child.input
    self.grace = grace
    signal(SIGPIPE, SIG_IGN)
    for descriptor in [child.input, child.output, child.diagnostics] {
      _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
    }
  }

  deinit {
    if input >= 0 { close(input) }
    child.stop(grace: grace)
    close(child.output)
    close(child.diagnostics)
  }

  /// Waits until a pipe is ready or the deadline passes; diagnostics are no longer asked after once they ended.
  package func wait(toWrite: Bool, diagnosing: Bool, before deadline: Deadline) -> Readiness {
    var entries = [
      pollfd(fd: child.output, events: Int16(POLLIN), revents: 0),
      pollfd(fd: diagnosing ? child.diagnostics : -1, events: Int16(POLLIN), revents: 0),
      pollfd(fd: toWrite ? input : -1, events: Int16(POLLOUT), revents: 0),
    ]
    let count = unsafe poll(&entries, nfds_t(entries.count), deadline.milliseconds)
    guard count > 0 else { return Readiness() }
    return Readiness(
      input: entries[2].revents != 0, output: entries[0].revents != 0, diagnostics: entries[1].revents != 0)
  }

  /// Writes what fits now of `bytes`; nil if the program no longer reads.
  package func write(_ bytes: ArraySlice<UInt8>) -> Int? {
    let count = unsafe bytes.withUnsafeBytes { unsafe systemWrite(input, $0) }
    if count >= 0 { return count }
    return errno == EAGAIN || errno == EINTR ? 0 : nil
  }

  /// What the program has said by now: nil at the end, 0 if there is nothing yet.
  package func readOutput(_ buffer: inout [UInt8]) -> Int? { Self.read(child.output, &buffer) }

  /// What it has complained of, in the same way.
  package func readDiagnostics(_ buffer: inout [UInt8]) -> Int? { Self.read(child.diagnostics, &buffer) }

  /// Lets the program see the end of its input.
  package mutating func closeInput() {
    if input >= 0 { close(input) }
    input = -1
  }

  /// The exit code, or a signal's number as a negative one, if it ends by then.
  package func ending(before deadline: Deadline) -> Int32? {
    while true {
      if let code = child.ending() { return code }
      if deadline.hasPassed { return nil }
      usleep(2_000)
    }
  }

  private static func read(_ descriptor: Int32, _ buffer: inout [UInt8]) -> Int? {
    let count = unsafe buffer.withUnsafeMutableBytes { unsafe systemRead(descriptor, $0) }
    if count > 0 { return count }
    return count < 0 && (errno == EAGAIN || errno == EINTR) ? 0 : nil
  }
}

private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
  unsafe write(descriptor, bytes.baseAddress, bytes.count)
}

private func systemRead(_ descriptor: Int32, _ bytes: UnsafeMutableRawBufferPointer) -> Int {
  unsafe read(descriptor, bytes.baseAddress, bytes.count)
}

import CLatchProcess

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A program to start: no shell reads it, no variable reaches it that is not named here.
package struct ProgramCommand: Sendable, Equatable {
  /// A path, or a name to look up in the absolute directories of the child's own `PATH`.
  package var program: String
  package var arguments: [String]
  package var environment: [(name: String, value: String)]
  package var directory: String?

  package init(
    program: String, arguments: [String], environment: [(name: String, value: String)], directory: String? = nil
  ) {
    self.program = program
    self.arguments = arguments
    self.environment = environment
    self.directory = directory
  }

  package static func == (left: ProgramCommand, right: ProgramCommand) -> Bool {
    left.program == right.program && left.arguments == right.arguments && left.directory == right.directory
      && left.environment.elementsEqual(right.environment) { $0.name == $1.name && $0.value == $1.value }
  }
}

/// Why a program did not start, in words for a person.
package enum StartFailure: Error, Equatable, Sendable {
  case notFound(program: String)
  case program(String, reason: String)
  case directory(String, reason: String)
  case text(containing: String)
  case resources(reason: String)

  package var message: String {
    switch self {
    case .notFound(let program): "the program `\(program)` is not in any absolute directory of PATH"
    case .program(let program, let reason): "the program `\(program)` cannot be started: \(reason)"
    case .directory(let directory, let reason): "the working directory `\(directory)` cannot be entered: \(reason)"
    case .text(let name): "the \(name) contains a NUL character"
    case .resources(let reason): "no process can be made: \(reason)"
    }
  }
}

/// A started program, leader of a process group of its own, with our ends of its three streams.
///
/// It is for its owner to call `stop` once, and to close what it reads from.
package struct ChildProcess: Sendable {
  package let id: Int32
  /// We write here; the child's standard input.
  package let input: Int32
  /// We read here; the child's standard output.
  package let output: Int32
  /// We read here; the child's standard error, or -1 if it was given to `errors`.
  package let diagnostics: Int32

  /// Starts the program. With `diesWithUs` (Linux) the kernel kills it when the *calling thread* ends: call that from
  /// a thread that lives as long as the process. `errors` is a descriptor to write standard error to, else a pipe.
  package static func start(
    _ command: ProgramCommand, errors: Int32? = nil, diesWithUs: Bool = false
  ) throws(StartFailure) -> ChildProcess {
    let path = command.environment.last { $0.name == "PATH" }?.value ?? ""
    let program = try find(command.program, path: path)
    let input = try Pipe()
    let output = try Pipe(else: [input])
    let diagnostics = errors == nil ? try Pipe(else: [input, output]) : nil
    let theirs = (input.reading, output.writing, errors ?? diagnostics?.writing ?? 2)
    do {
      let id = try spawn(command, program: program, descriptors: theirs, diesWithUs: diesWithUs)
      for end in [input.reading, output.writing, diagnostics?.writing ?? -1] where end >= 0 { close(end) }
      return ChildProcess(
        id: id, input: input.writing, output: output.reading, diagnostics: diagnostics?.reading ?? -1)
    } catch {
      for pipe in [input, output, diagnostics] { pipe?.closeBoth() }
      throw error
    }
  }

  /// Whether the child has ended, and how: its exit code, or a signal's number as a negative one. It is not reaped.
  package func ending(waiting: Bool = false) -> Int32? {
    var code: Int32 = 0
    return unsafe latch_wait(id, waiting ? 1 : 0, 0, &code) == 0 ? nil : code
  }

  /// Ends the child's input. The number stays taken: what another thread still writes to it fails, and does not go into
  /// a file that was opened since.
  package func endInput() {
    dup2(output, input)
    _ = fcntl(input, F_SETFD, FD_CLOEXEC)
  }

  /// Sees to it that nothing of the group is left, its input having ended already: waits `grace` milliseconds for the
  /// child, then SIGTERM to the group, `patience` milliseconds, SIGKILL. Returns how the child ended.
  @discardableResult
  package func stop(grace: Int = 1000, patience: Int = 500) -> Int32 {
    _ = wait(milliseconds: grace) { ending() != nil }
    kill(-id, SIGTERM)
    var reaped: Int32?
    _ = wait(milliseconds: patience) {
      reaped = reaped ?? reap(blocking: false)
      return reaped != nil && latch_group_exists(id) == 0
    }
    if reaped == nil || latch_group_exists(id) != 0 { kill(-id, SIGKILL) }
    return reaped ?? reap(blocking: true) ?? 0
  }

  private func reap(blocking: Bool) -> Int32? {
    var code: Int32 = 0
    switch unsafe latch_wait(id, blocking ? 1 : 0, 1, &code) {
    case 0: return nil
    case 1: return code
    default: return 0
    }
  }

  private func wait(milliseconds: Int, until done: () -> Bool) -> Bool {
    var pause: useconds_t = 200
    var slept = 0
    while !done() {
      if slept >= milliseconds * 1000 { return false }
      usleep(pause)
      slept += Int(pause)
      pause = min(pause * 2, 5000)
    }
    return true
  }
}

/// Both ends of a pipe that no started program inherits.
private struct Pipe {
  var reading: Int32 = -1
  var writing: Int32 = -1

  /// Makes a pipe; if that fails, the `others` are closed before the throw.
  init(else others: [Pipe] = []) throws(StartFailure) {
    let outcome = unsafe latch_pipe(&reading, &writing)
    guard outcome == 0 else {
      for other in others { other.closeBoth() }
      throw .resources(reason: describe(outcome))
    }
  }

  func closeBoth() {
    for end in [reading, writing] { close(end) }
  }
}

private func find(_ program: String, path: String) throws(StartFailure) -> String {
  guard !program.utf8.contains(0) else { throw .text(containing: "command") }
  let (outcome, found) = withFoundProgram(program, path: path)
  switch outcome {
  case 0: return found
  case ENOENT: throw .notFound(program: program)
  default: throw .program(program, reason: describe(outcome))
  }
}

private func withFoundProgram(_ program: String, path: String) -> (Int32, String) {
  var outcome: Int32 = 0
  let found = unsafe String(unsafeUninitializedCapacity: 4096) { buffer in
    unsafe buffer.withMemoryRebound(to: CChar.self) { characters in
      guard let start = characters.baseAddress else { return 0 }
      outcome = unsafe latch_find_program(program, path, start, 4096)
      return unsafe outcome == 0 ? strlen(start) : 0
    }
  }
  return (outcome, found)
}

private func spawn(
  _ command: ProgramCommand, program: String, descriptors: (Int32, Int32, Int32), diesWithUs: Bool
) throws(StartFailure) -> Int32 {
  let arguments = [command.program] + command.arguments
  let environment = command.environment.map { "\($0.name)=\($0.value)" }
  guard !arguments.contains(where: { $0.utf8.contains(0) }) else { throw .text(containing: "command") }
  guard !environment.contains(where: { $0.utf8.contains(0) }) else { throw .text(containing: "environment") }
  guard command.directory?.utf8.contains(0) != true else { throw .text(containing: "working directory") }
  var child: Int32 = 0
  var stage = latch_stage_fork
  let outcome = unsafe withCStrings(arguments) { arguments in
    unsafe withCStrings(environment) { environment in
      unsafe withOptionalCString(command.directory) { directory in
        unsafe program.withCString { program in
          var request = unsafe latch_command(
            program: program, arguments: arguments, environment: environment, directory: directory,
            standard_input: descriptors.0, standard_output: descriptors.1, standard_error: descriptors.2,
            dies_with_parent: diesWithUs ? 1 : 0)
          return unsafe latch_spawn(&request, &child, &stage)
        }
      }
    }
  }
  guard outcome != 0 else { return child }
  switch stage {
  case latch_stage_directory: throw .directory(command.directory ?? "", reason: describe(outcome))
  case latch_stage_program: throw .program(command.program, reason: describe(outcome))
  default: throw .resources(reason: describe(outcome))
  }
}

private func withOptionalCString<Result>(
  _ text: String?, _ body: (UnsafePointer<CChar>?) -> Result
) -> Result {
  guard let text else { return body(nil) }
  return unsafe text.withCString { unsafe body($0) }
}

/// Lends the strings as a C array that ends with NULL.
private func withCStrings<Result>(
  _ strings: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> Result
) -> Result {
  var storage: [CChar] = []
  var offsets: [Int] = []
  for string in strings {
    offsets.append(storage.count)
    storage.append(contentsOf: string.utf8.lazy.map { CChar(bitPattern: $0) })
    storage.append(0)
  }
  return unsafe storage.withUnsafeBufferPointer { bytes in
    var pointers: [UnsafePointer<CChar>?] = unsafe []
    for offset in offsets { unsafe pointers.append(bytes.baseAddress.map { unsafe $0 + offset }) }
    unsafe pointers.append(nil)
    return unsafe pointers.withUnsafeBufferPointer { list in
      guard let start = list.baseAddress else { preconditionFailure("the list holds at least its end") }
      return unsafe body(start)
    }
  }
}

/// The system's sentence for an error number.
package func describe(_ code: Int32) -> String {
  guard let text = unsafe strerror(code) else { return "error \(code)" }
  return unsafe String(cString: text)
}

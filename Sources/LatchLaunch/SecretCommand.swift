extension References {
  /// The first line that a program prints: no shell, nothing to read, ten seconds.
  package func output(of argv: [String]) throws(LaunchError) -> String {
    guard let program = argv.first, program.utf8.first == UInt8(ascii: "/") else {
      throw .secretCommand(program: argv.first ?? "", problem: "must be written with its absolute path")
    }
    func failed(_ problem: String) -> LaunchError { .secretCommand(program: program, problem: problem) }
    var child = try OwnedChild(
      ProgramCommand(
        program: program, arguments: Array(argv.dropFirst()),
        environment: environment.forChild(inheriting: []).variables.map { ($0.name, $0.value) }))
    child.closeInput()
    let deadline = Deadline(in: .seconds(10))
    var printed: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    var isComplaining = true
    reading: while true {
      let ready = child.wait(toWrite: false, diagnosing: isComplaining, before: deadline)
      if deadline.hasPassed { throw failed("took longer than ten seconds") }
      if ready.diagnostics { isComplaining = child.readDiagnostics(&buffer) != nil }
      guard ready.output else { continue }
      guard let count = child.readOutput(&buffer) else { break reading }
      printed += buffer[..<count]
      if printed.count > 65_536 { throw failed("printed more than 64 KiB") }
    }
    guard let code = child.ending(before: deadline) else { throw failed("took longer than ten seconds") }
    guard code == 0 else { throw failed("ended with status \(code)") }
    guard let line = secretLine(of: printed) else { throw failed("printed nothing that can be used") }
    return line
  }
}

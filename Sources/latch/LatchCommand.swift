import ArgumentParser

/// How a command went; its raw value is the exit status.
enum Status: Int32 {
  case fine = 0
  /// Errors found, or a check that does not hold.
  case findings = 1
}

/// The world is not as it must be: a file is missing, a server does not start. Exit status 2.
struct Failure: Error {
  /// What is wrong; and what to do about it.
  var message: String

  init(_ message: String) { self.message = message }
}

/// A command of `latch`: what `run` does is the same for all.
protocol LatchCommand: ParsableCommand {
  func perform() throws(Failure) -> Status
}

extension LatchCommand {
  func run() throws {
    do {
      let status = try perform()
      if status != .fine { throw ExitCode(status.rawValue) }
    } catch let failure as Failure {
      Output.say("latch: \(failure.message)")
      throw ExitCode(2)
    }
  }
}

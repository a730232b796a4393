import Foundation

/// Other people's readers, where this machine has Python (`LATCH_PYTHON` names another interpreter).
package enum PythonProgram {
  private static let program = ProcessInfo.processInfo.environment["LATCH_PYTHON"] ?? "python3"

  package static let isHere = (try? run("result = [1]", on: [String](), giving: [Int].self)) == [1]

  package struct Failure: Error {}

  /// Runs a script that reads `data` and sets `result`.
  package static func run<Input: Encodable, Output: Decodable>(
    _ script: String, on input: Input, giving: Output.Type
  ) throws -> Output {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [
      program, "-c", "import json, sys\ndata = json.load(sys.stdin)\n\(script)\nprint(json.dumps(result))",
    ]
    let (stdin, stdout) = (Pipe(), Pipe())
    process.standardInput = stdin
    process.standardOutput = stdout
    let bytes = try JSONEncoder().encode(input)
    try process.run()
    let writer = Thread {
      try? stdin.fileHandleForWriting.write(contentsOf: bytes)
      try? stdin.fileHandleForWriting.close()
    }
    writer.start()
    let answer = stdout.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Failure() }
    return try JSONDecoder().decode(Output.self, from: answer)
  }
}

import Foundation

/// Another engine, asked in one run: a script that reads JSON and prints JSON.
enum Python {
  struct Missing: Error {}

  /// Whether `python3` runs and has the module.
  static func has(_ module: String) -> Bool {
    (try? run("import \(module)", input: [String]()) as [String]?) != nil
  }

  /// Runs a script with the value as `data`; it must set `result`.
  static func run<Input: Encodable, Output: Decodable>(_ script: String, input: Input) throws -> Output {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [
      "python3", "-c", "import json,sys\ndata=json.load(sys.stdin)\nresult=[]\n\(script)\nprint(json.dumps(result))",
    ]
    let (stdin, stdout) = (Pipe(), Pipe())
    process.standardInput = stdin
    process.standardOutput = stdout
    process.standardError = FileHandle.nullDevice
    try process.run()
    let bytes = try JSONEncoder().encode(input)
    let writer = Thread {
      try? stdin.fileHandleForWriting.write(contentsOf: bytes); try? stdin.fileHandleForWriting.close()
    }
    writer.start()
    let output = stdout.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Missing() }
    return try JSONDecoder().decode(Output.self, from: output)
  }
}

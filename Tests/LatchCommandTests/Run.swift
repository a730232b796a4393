import Foundation

/// What the program said and how it ended.
struct Run {
  let text: String

  /// `device`: where what it prints goes instead.
  init(of arguments: [String], in directory: URL, printingTo device: String? = nil) throws {
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    process.currentDirectoryURL = directory
    process.environment = ["HOME": "/nowhere/home", "PATH": "/usr/bin:/bin", "NO_COLOR": "1"]
    // Files, not pipes: what fills up stops nobody.
    let output = try Scratch()
    let errors = try Scratch()
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try device.map { try FileHandle(forWritingTo: URL(filePath: $0)) } ?? output.handle
    process.standardError = errors.handle
    try process.run()
    process.waitUntilExit()
    let said = try errors.text()
    text = try output.text() + (said.isEmpty ? "" : "# stderr\n\(said)") + "# exit \(process.terminationStatus)\n"
  }
}

/// `latch`, which lies beside the program that runs the tests.
private let program: URL = {
  #if os(Linux)
    let own = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
  #else
    let own = URL(filePath: CommandLine.arguments[0])
  #endif
  return own.deletingLastPathComponent().appending(path: "latch")
}()

/// A file that is gone when the value is.
private final class Scratch {
  let handle: FileHandle
  private let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "latch-command-\(UUID().uuidString)")
    _ = FileManager.default.createFile(atPath: url.path, contents: nil)
    handle = try FileHandle(forWritingTo: url)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func text() throws -> String { String(decoding: try Data(contentsOf: url), as: UTF8.self) }
}

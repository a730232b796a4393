import LatchCompiler
import LatchJSON
import LatchPolicy
import LatchSource
import Testing

/// A project of one upstream `fs` with the tools `read_file`, `write_file` and `run_command`, which take any arguments.
func benched(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> TestBench {
  let files = ProjectFiles(text, lock: try filesLock().text)
  let outcome = checkForBundle(files, settings: testSettings)
  let report = TextRenderer().render(outcome.found, in: files.sources)
  let checked = try #require(outcome.accepted, "\(report)", sourceLocation: sourceLocation)
  let paths = ProjectPaths(projects: ["/srv/p"], homes: ["/home/u"])
  return try TestBench(checked, lower(checked, settings: testSettings), paths: paths)
}

func filesLock() throws -> LockFile {
  let tools = try ["read_file", "write_file", "run_command"].map { name in
    try LockedTool(definition: .object([.init("name", .string(name))]), trustAnnotations: false)
  }
  return LockFile(
    upstreams: [LockedUpstream(name: "fs", server: nil, instructionsDigest: nil, tools: tools)])
}

/// What stands at a place `path:line:column` of a text, to the end of the line.
func rest(at place: String?, of text: String) throws -> String {
  let numbers = try #require(place).split(separator: ":").compactMap { Int($0) }
  let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
  return String(lines[try #require(numbers.first) - 1].unicodeScalars.dropFirst(try #require(numbers.last) - 1))
}

/// What every project of these tests begins with.
let head = """
  version: 1
  name: demo
  upstreams: { fs: { command: server } }

  """

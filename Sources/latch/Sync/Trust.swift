import LatchJSON
import LatchPolicy

/// The commands of projects that the user has agreed to start: `trusted` in the user's configuration of Latch.
///
/// A command is known by the project's real path and a digest of all that decides what runs: program, arguments,
/// variables, directory. Whatever of it changes is asked about again.
struct Trust {
  private struct Entry: Equatable {
    var project: String
    var command: String
  }

  private let path: String
  private var entries: [Entry] = []

  init() throws(Failure) {
    path = "\(try UserDirectories.configuration())/trusted"
    guard let bytes = try Files.readIfPresent(path) else { return }
    guard Files.isWritableByOwnerOnly(path) else {
      throw Failure("others may write `\(path)`, so that it says nothing; remove it, or run `chmod 600` on it")
    }
    guard let list = (try? JSONValue(parsing: bytes))?["trusted"]?.array else {
      throw Failure("`\(path)` is not as Latch wrote it; remove it and trust again")
    }
    entries = list.compactMap { entry in
      guard let project = entry["project"]?.string, let command = entry["command"]?.string else { return nil }
      return Entry(project: project, command: command)
    }
  }

  func covers(_ launch: Launch, in project: String) -> Bool {
    entries.contains {
      $0.project.utf8.elementsEqual(project.utf8) && $0.command.utf8.elementsEqual(launch.digest.utf8)
    }
  }

  mutating func add(_ launches: [Launch], in project: String) throws(Failure) {
    for launch in launches where !covers(launch, in: project) {
      entries.append(Entry(project: project, command: launch.digest))
    }
    let list = entries.map {
      JSONValue.object([.init("project", .string($0.project)), .init("command", .string($0.command))])
    }
    let text = JSONValue.object([.init("version", 1), .init("trusted", .array(list))]).pretty(sorted: false)
    try Files.makeDirectory(directory(of: path), mode: 0o700)
    try Files.write(Array(text.utf8), to: path, mode: 0o600)
  }
}

extension Launch {
  /// `sha256:…` of everything that decides what is started.
  var digest: String {
    SHA256Digest.prefixed(of: Array("latch-command-v1\n".utf8) + description.pretty(sorted: true).utf8)
  }

  /// Program, arguments and variables as the project writes them.
  private var description: JSONValue {
    switch self {
    case .stdio(let command, let arguments, let environment, let directory, let inherit):
      [
        "command": .string(command), "args": .array(arguments.map(JSONValue.string)),
        "env": .object(environment.map { .init($0.name, $0.value.json) }),
        "cwd": directory.map(JSONValue.string) ?? .null, "inherit_env": .array(inherit.map(JSONValue.string)),
      ]
    case .http(let transport, let url, let headers, _):
      [
        "transport": .string(transport), "url": .string(url),
        "headers": .object(headers.map { .init($0.name, $0.value.json) }),
      ]
    }
  }

  /// The command in full, for a person who is to agree to it: nothing is cut off, nothing is obeyed by the terminal.
  var shown: String {
    guard case .stdio(let command, let arguments, let environment, let directory, let inherit) = self else {
      return shownEndpoint
    }
    var lines = ["  command: \(([command] + arguments).map(\.quotedIfNeeded).joined(separator: " "))"]
    if let directory { lines.append("  in:      \(directory.quotedIfNeeded)") }
    for binding in environment { lines.append("  env:     \(binding.name.quotedIfNeeded) = \(binding.value.shown)") }
    if !inherit.isEmpty { lines.append("  inherits \(inherit.map(\.quotedIfNeeded).joined(separator: ", "))") }
    return lines.joined(separator: "\n")
  }

  private var shownEndpoint: String {
    guard case .http(_, let url, let headers, _) = self else { return "" }
    let sent = headers.map { "  sends:   \($0.name.quotedIfNeeded): \($0.value.shown)" }
    return (["  url:     \(url.quotedIfNeeded)"] + sent).joined(separator: "\n")
  }
}

extension Launch.Value {
  fileprivate var json: JSONValue {
    switch self {
    case .text(let text): .string(text)
    case .output(let argv): .object([.init("command", .array(argv.map(JSONValue.string)))])
    }
  }

  fileprivate var shown: String {
    switch self {
    case .text(let text): text.quotedIfNeeded
    case .output(let argv): "what `\(argv.map(\.quotedIfNeeded).joined(separator: " "))` prints (started too)"
    }
  }
}

extension String {
  /// As it is where nothing could be misread, else as a JSON string.
  fileprivate var quotedIfNeeded: String {
    let isTame = !isEmpty && utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"\"'\\`".utf8.contains($0) }
    return isTame ? self : JSONValue.string(harmless).pretty(sorted: false).split(separator: "\n").joined()
  }
}

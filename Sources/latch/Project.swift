import ArgumentParser

/// Where a project lies.
struct Project {
  /// As given or found: what messages and files are relative to.
  var directory: String
  /// Of one that was found: its name on the way that the shell has come, which may go over links.
  var way: String?

  func path(_ relative: String) -> String {
    directory.utf8.elementsEqual(".".utf8) ? relative : "\(directory)/\(relative)"
  }

  /// Absolute, links resolved.
  var absolute: String { Files.realPath(directory) ?? directory }

  /// The nearest directory at or above the working directory that has a `latch.yaml`, as git finds `.git`.
  static func found() throws(Failure) -> Project {
    var directory = Files.workingDirectory
    var way = Files.shellDirectory
    let start = directory
    while true {
      let project = Project(directory: directory.utf8.elementsEqual(start.utf8) ? "." : directory, way: way)
      if try project.readIfPresent("latch.yaml") != nil { return project }
      let parent = latch.directory(of: directory)
      guard !parent.utf8.elementsEqual(directory.utf8) else {
        throw Failure("no `latch.yaml` here or above; run `latch init`, or say where with `--project DIR`")
      }
      directory = parent
      way = latch.directory(of: way)
    }
  }
}

/// `--project DIR`.
struct ProjectOption: ParsableArguments {
  @Option(help: ArgumentHelp("The project's directory; else it is found upwards from here.", valueName: "dir"))
  var project: String?

  func find() throws(Failure) -> Project {
    guard let project else { return try .found() }
    let trimmed = project.count > 1 && project.hasSuffix("/") ? String(project.dropLast()) : project
    // Who gives a file most likely means its project.
    guard !Files.isRegular(trimmed) else {
      throw Failure("`\(project)` is a file; name the directory that holds the project's `latch.yaml`")
    }
    let found = Project(directory: trimmed)
    guard try found.readIfPresent("latch.yaml") != nil else {
      throw Failure("`\(project)` has no `latch.yaml`; run `latch init \(project)`")
    }
    return found
  }
}

/// `--color` and what is to be done where nothing is said.
enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
  case auto, always, never

  /// Whether text for this stream is to be coloured; `NO_COLOR` turns it off unless colour was asked for.
  func isOn(terminal: Bool, environment: (String) -> String?) -> Bool {
    switch self {
    case .always: true
    case .never: false
    case .auto: terminal && (environment("NO_COLOR") ?? "").isEmpty && environment("TERM") != "dumb"
    }
  }
}

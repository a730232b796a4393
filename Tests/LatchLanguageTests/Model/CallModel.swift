import LatchJSON
import LatchPolicy

/// A call, and what the proxy knows beside it.
struct CallModel: Sendable {
  var tool: String
  /// nil: none are given.
  var arguments: JSONValue?
  var client: String?
  var isChanged = false

  var call: Call {
    Call(
      tool: tool, arguments: arguments?.document(), client: client, definition: isChanged ? .changed : .asLocked)
  }
}

/// Where the project and the user's home are on this machine, and where the server runs; none where unknown.
struct PlacesModel: Sendable {
  var projects: [String]
  var homes: [String]
  var workingDirectories: [String] = []

  static let usual = PlacesModel(
    projects: ["/srv/project", "/real/project"], homes: ["/home/u"], workingDirectories: ["/home/u"])

  var paths: ProjectPaths {
    ProjectPaths(projects: projects, homes: homes, workingDirectories: workingDirectories)
  }

  /// nil for `none`.
  func directories(of base: PathBase) -> [String]? {
    switch base {
    case .none: nil
    case .project: projects
    case .home: homes
    }
  }
}

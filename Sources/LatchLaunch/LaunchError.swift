/// Why an upstream cannot be started as its project says.
package enum LaunchError: Error, Equatable, Sendable {
  case malformedReference(String)
  case missingVariable(String)
  case missingProject
  case unsuitableProject(String)
  case missingHome
  case unreadableFile(path: String, problem: String)
  case secretCommand(program: String, problem: String)
  case unsuitableValue(name: String)
  case cannotStart(String)
  case unsuitableAddress(String)
  case unsuitableHeader(name: String, problem: String)
  /// A variable of the user's own environment.
  case unsuitableSetting(name: String, problem: String)
}

extension LaunchError: CustomStringConvertible {
  /// What is wrong, and what would be right.
  package var description: String {
    switch self {
    case .malformedReference(let text):
      "`\(text)` has a reference that cannot be read; write `${env:NAME}`, `${env:NAME:-default}`, `${file:PATH}`,"
        + " `${project}` or `${home}` at its beginning, or `$${` for the characters themselves"
    case .missingVariable(let name): "the variable `\(name)` is not set, or empty; export it before the client starts"
    case .missingProject: "the upstream uses `${project}`; say which with `--project DIR`"
    case .unsuitableProject(let path):
      "`\(path)` cannot be the project; give an absolute directory that is neither `/` nor the home directory"
    case .missingHome: "the upstream uses `${home}`, and the variable `HOME` is not set"
    case .unreadableFile(let path, let problem): "`\(path)` cannot be used as a secret: \(problem)"
    case .secretCommand(let program, let problem): "`\(program)`, which should print a secret, \(problem)"
    case .unsuitableValue(let name): "the value of `\(name)` has a character that no variable may hold"
    case .cannotStart(let message): message
    case .unsuitableAddress(let problem): "the `url` cannot be used: \(problem)"
    case .unsuitableHeader(let name, let problem): "the header `\(name)` \(problem)"
    case .unsuitableSetting(let name, let problem): "the variable `\(name)` \(problem)"
    }
  }
}

import ArgumentParser
import LatchProxy

/// `--all`, else the project that is given or found.
struct ProjectScope: ParsableArguments {
  @Flag(help: "Of all projects.")
  var all = false

  @OptionGroup var project: ProjectOption

  /// nil for all projects.
  func key() throws(Failure) -> ProjectKey? {
    if all { return nil }
    do {
      return ProjectKey(realPath: try project.find().absolute)
    } catch {
      throw Failure("\(error.message); or `--all` for those of all projects")
    }
  }

  /// Behind what is counted.
  var words: String { all ? "" : " in this project" }
}

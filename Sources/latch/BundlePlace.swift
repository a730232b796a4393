import LatchPolicy

/// A bundle's file and the project around it.
struct BundlePlace {
  /// As messages name it.
  let path: String
  /// Absolute, links resolved.
  let absolutePath: String
  /// Absolute, links resolved; nil for a bundle given by itself outside of any project.
  let projectDirectory: String?

  static let standardPath = ".latch/policy.latch"

  init(option: String?, project: ProjectOption) throws(Failure) {
    let found: Project?
    if option != nil, project.project == nil { found = try? Project.found() } else { found = try project.find() }
    projectDirectory = found?.absolute
    path = option ?? found?.path(Self.standardPath) ?? Self.standardPath
    guard let absolute = Files.realPath(path) else { throw Failure("`\(path)` does not exist; run `latch build`") }
    absolutePath = absolute
  }

  /// The bundle's bytes, checked.
  func frozen() throws(Failure) -> FrozenBundle {
    do {
      return try FrozenBundle(try BundleFile.read(path: absolutePath))
    } catch {
      throw Failure("\(path): \(error)")
    }
  }

  func policy(of frozen: FrozenBundle) throws(Failure) -> Bundle {
    do {
      return try frozen.bundle()
    } catch {
      throw Failure("\(path): \(error)")
    }
  }
}

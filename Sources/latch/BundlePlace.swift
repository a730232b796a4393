import LatchPolicy

/// A bundle's file and the project around it.
struct BundlePlace {
  /// As messages name it.
  let path: String
  /// Absolute, links resolved.
  let absolutePath: String
  /// nil for a bundle given by itself outside of any project.
  let project: Project?

  static let standardPath = ".latch/policy.latch"

  init(option: String?, project chosen: ProjectOption) throws(Failure) {
    if option != nil, chosen.project == nil { project = try? Project.found() } else { project = try chosen.find() }
    path = option ?? project?.path(Self.standardPath) ?? Self.standardPath
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

extension Project {
  /// All bytes of a file of the project.
  func read(_ relative: String) throws(Failure) -> [UInt8] {
    guard let bytes = try readIfPresent(relative) else { throw Failure("`\(path(relative))` does not exist") }
    return bytes
  }

  /// All bytes of a file of the project, or nil if there is no such file.
  ///
  /// A link that leads out of the project is refused: what is found in a policy is shown with its lines, and a cloned
  /// project must not make Latch show those of a file that is not in it.
  func readIfPresent(_ relative: String) throws(Failure) -> [UInt8]? {
    let path = path(relative)
    guard let real = try Files.realPathIfPresent(path), let home = try Files.realPathIfPresent(directory) else {
      return nil
    }
    guard real.utf8.starts(with: (home.utf8.last == UInt8(ascii: "/") ? home : home + "/").utf8) else {
      throw Failure("`\(path)` is a symbolic link that leads out of the project; put the file itself there")
    }
    return try Files.readIfPresent(path)
  }
}

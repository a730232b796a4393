import Foundation

/// A directory that is gone when the value is.
final class Place {
  private let root: URL

  init() throws {
    root = FileManager.default.temporaryDirectory.appending(path: "latch-links-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: root.appending(path: "project"), withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: root) }

  func url(_ path: String) -> URL { path.isEmpty ? root : root.appending(path: path) }

  func write(_ text: String, to path: String) throws {
    try FileManager.default.createDirectory(
      at: url(path).deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url(path))
  }

  /// Puts a link in the place of what may be there.
  func link(_ path: String, to target: String) throws {
    try? FileManager.default.removeItem(at: url(path))
    try FileManager.default.createSymbolicLink(atPath: url(path).path, withDestinationPath: target)
  }
}

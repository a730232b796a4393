package import Foundation

/// The directory of the package, wherever it was checked out.
package enum Project {
  package static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// A file or directory of the project.
  package static func url(_ path: String) -> URL { root.appending(path: path) }
}

/// Data for tests that are not part of the project: beside it, or where `LATCH_CORPUS` says.
///
/// Tests that need them are `.enabled(if: Corpus.url("…") != nil, "no corpus")`, so that leaving out is seen.
package enum Corpus {
  package static func url(_ path: String) -> URL? {
    let place = ProcessInfo.processInfo.environment["LATCH_CORPUS"].map { URL(filePath: $0) }
    let directory = place ?? Project.root.deletingLastPathComponent().appending(path: "shared/corpus")
    let url = directory.appending(path: path)
    return FileManager.default.fileExists(atPath: url.path) ? url : nil
  }
}

/// One case kept as a directory under `Fixtures/`: its inputs, and beside them what is expected.
package struct Fixture: Sendable, CustomStringConvertible {
  package let url: URL

  package var name: String { url.lastPathComponent }
  package var description: String { name }

  /// The fixtures of a kind (`invalid`, `valid`, …) whose names begin with the prefix, by name.
  package static func all(in kind: String, prefix: String = "") -> [Fixture] {
    directories(of: Project.url("Fixtures/\(kind)")).filter { $0.lastPathComponent.hasPrefix(prefix) }.map(Fixture.init)
  }

  /// The names of the fixture's files, in order, those in directories below it as `sub/file`.
  package var files: [String] {
    let paths = FileManager.default.subpaths(atPath: url.path) ?? []
    return paths.filter { !isDirectory($0) }.sorted()
  }

  private func isDirectory(_ path: String) -> Bool {
    let values = try? url.appending(path: path).resourceValues(forKeys: [.isDirectoryKey])
    return values?.isDirectory == true
  }

  package func contains(_ file: String) -> Bool {
    FileManager.default.fileExists(atPath: url.appending(path: file).path)
  }

  package func bytes(_ file: String) throws -> [UInt8] { Array(try Data(contentsOf: url.appending(path: file))) }

  package func text(_ file: String) throws -> String { String(decoding: try bytes(file), as: UTF8.self) }

  /// Compares text with the golden file of that name; nil if it is the same, else what differs.
  ///
  ///     #expect(try fixture.difference(of: report, from: "expected.txt") == nil)
  package func difference(of text: String, from file: String) throws -> String? {
    try Golden(url: url.appending(path: file)).difference(of: text)
  }

  private static func directories(of url: URL) -> [URL] {
    let found = try? FileManager.default.contentsOfDirectory(at: url, includingPropertiesForKeys: [.isDirectoryKey])
    return (found ?? []).filter(\.hasDirectoryPath).sorted { $0.lastPathComponent < $1.lastPathComponent }
  }
}

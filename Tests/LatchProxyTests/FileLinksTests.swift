import Foundation
import LatchProxy
import Testing

@Suite struct FileLinksTests {
  /// A directory of its own: `inside/`, `outside/`, and links of all kinds.
  private static func tree() throws -> URL {
    let root = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
      .appendingPathComponent("latch-links-\(UUID().uuidString)")
    for name in ["inside/deep", "outside"] {
      try FileManager.default.createDirectory(
        at: root.appendingPathComponent(name), withIntermediateDirectories: true)
    }
    try Data("x".utf8).write(to: root.appendingPathComponent("inside/file"))
    for (link, target) in [
      ("inside/out", "../outside"), ("inside/dangling", "../outside/nothing"), ("inside/loop", "loop"),
      ("inside/same", "deep"),
    ] {
      try FileManager.default.createSymbolicLink(
        atPath: root.appendingPathComponent(link).path, withDestinationPath: target)
    }
    return root
  }

  @Test(arguments: [
    ("inside/file", "inside/file"), ("inside/new/file", "inside/new/file"), ("inside/same/new", "inside/deep/new"),
    ("inside/out", "outside"), ("inside/out/new/file", "outside/new/file"), ("inside/file/below", "inside/file/below"),
  ])
  func aPathLeadsWhereItsLongestExistingAncestorDoes(_ path: String, _ real: String) throws {
    let root = try Self.tree()
    defer { try? FileManager.default.removeItem(at: root) }
    let found = FileLinks().realPath(of: Array("\(root.path)/\(path)".utf8))
    #expect(found.map { String(decoding: $0, as: UTF8.self) } == "\(root.path)/\(real)")
  }

  @Test(arguments: ["inside/dangling", "inside/dangling/x", "inside/loop", "inside/loop/x"])
  func aLinkToNothingLeadsNowhere(_ path: String) throws {
    let root = try Self.tree()
    defer { try? FileManager.default.removeItem(at: root) }
    #expect(FileLinks().realPath(of: Array("\(root.path)/\(path)".utf8)) == nil)
  }

  @Test func theRootAndWhatIsNotThereAreThemselves() {
    #expect(FileLinks().realPath(of: Array("/".utf8)) == Array("/".utf8))
    let missing = Array("/no-such-directory-at-all/x".utf8)
    #expect(FileLinks().realPath(of: missing) == missing)
  }
}

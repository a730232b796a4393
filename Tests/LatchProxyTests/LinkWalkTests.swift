import Foundation
import LatchProxy
import Testing

@Suite struct LinkWalkTests {
  /// A directory of its own, with links of all kinds in `inside/`.
  private static func tree() throws -> URL {
    let root = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
      .appendingPathComponent("latch-walk-\(UUID().uuidString)")
    for name in ["inside/deep", "outside"] {
      try FileManager.default.createDirectory(
        at: root.appendingPathComponent(name), withIntermediateDirectories: true)
    }
    try Data("x".utf8).write(to: root.appendingPathComponent("inside/file"))
    for (link, target) in [
      ("out", "../outside"), ("dangling", "../outside/nothing"), ("twice", "dangling"), ("loop", "./loop"),
      ("absolute", "\(root.path)/outside/new/../x"), ("proc", "/proc/self/cwd/x"), ("back", "nothing/../out"),
    ] {
      try FileManager.default.createSymbolicLink(
        atPath: root.appendingPathComponent("inside/\(link)").path, withDestinationPath: target)
    }
    return root
  }

  @Test func aPathLeadsWhereWhoeverWritesToItMakesAFile() throws {
    let root = try Self.tree()
    defer { try? FileManager.default.removeItem(at: root) }
    // Once for all of them: what is known of one path must not spoil the next.
    let walk = LinkWalk()
    let known = [
      ("inside/file", "inside/file"), ("inside/out", "outside"), ("inside/out/new/file", "outside/new/file"),
      ("inside/dangling", "outside/nothing"), ("inside/dangling/x", "outside/nothing/x"),
      ("inside/twice", "outside/nothing"), ("inside/absolute", "outside/x"), ("inside/back/y", "outside/y"),
      ("inside/file/below", "inside/file/below"), ("inside/none/../out", "outside"),
      ("inside/out/../x", "x"), ("inside/./deep//", "inside/deep"), ("inside/none/deeper/../../out/x", "outside/x"),
      ("inside/new\n/file", "inside/new\n/file"),
    ]
    for (path, real) in known + known {
      let found = walk.destination(of: Array("\(root.path)/\(path)".utf8))
      #expect(found.map { String(decoding: $0, as: UTF8.self) } == "\(root.path)/\(real)", "\(path)")
    }
    for path in ["inside/loop", "inside/loop/x"] {
      #expect(walk.destination(of: Array("\(root.path)/\(path)".utf8)) == nil)
    }
    let proc = walk.destination(of: Array("\(root.path)/inside/proc".utf8))
    #expect(proc.map { String(decoding: $0, as: UTF8.self) } == "/proc/self/cwd/x")
    #expect(walk.destination(of: Array("/../.".utf8)) == Array("/".utf8))
  }

  @Test func whoeverIsAskedAboutPathsSaysTheSame() throws {
    let root = try Self.tree()
    defer { try? FileManager.default.removeItem(at: root) }
    let closed = root.appendingPathComponent("closed")
    try FileManager.default.createDirectory(at: closed, withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      atPath: closed.appendingPathComponent("out").path, withDestinationPath: "../outside")
    try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: closed.path)
    defer { try? FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: closed.path) }
    let first = ["inside", "outside", "closed", "none", "inside/deep", "inside/file", "inside/out", "inside/twice"]
    let last = [
      "", "/", "/.", "/..", "/x", "//x", "/out", "/out/x", "/file", "/file/x", "/dangling", "/loop", "/proc", "/...",
      "/.x",
      "/x\0y", "/" + String(repeating: "n", count: 300), String(repeating: "/deep", count: 900),
    ]
    for path in first.flatMap({ first in last.map { "\(root.path)/\(first)\($0)" } }) + [
      "/", "", "x", "/proc/self/cwd",
    ] {
      let bytes = Array(path.utf8)
      let quick = LinkWalk().destination(of: bytes)
      #expect(quick == LinkWalk(asksAtOnce: false).destination(of: bytes), "\(path)")
    }
  }

  @Test func manyPathsAreNotAskedAboutForEver() {
    let walk = LinkWalk(questions: 100)
    let found = (0...200).map { walk.destination(of: Array("/no-such-directory/\($0)".utf8)) }
    #expect(found.first == Array("/no-such-directory/0".utf8))
    #expect(found.last == .some(nil))
  }
}

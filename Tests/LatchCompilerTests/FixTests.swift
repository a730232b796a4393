import LatchCompiler
import LatchSource
import LatchTestSupport
import Testing

@Suite("Fixes")
struct FixTests {
  private static let fixtures = ["L3102", "L3103", "L3116"].flatMap { Fixture.all(in: "invalid", prefix: $0) }

  @Test("What a fix writes is not found again, and no other mistake comes of it", arguments: fixtures)
  func mend(_ fixture: Fixture) throws {
    let files = try ProjectFiles(fixture)
    let before = check(files, settings: testSettings).found
    let fixes = before.compactMap { finding in finding.fix.map { (finding.code, $0) } }
    #expect(!fixes.isEmpty)
    for (code, fix) in fixes {
      var mended = files
      let source = Source(path: files.root.path, bytes: files.root.bytes)
      mended.root.bytes = apply([fix], to: source).bytes
      let after = check(mended, settings: testSettings).found
      #expect(after.count { $0.code == code } == before.count { $0.code == code } - 1, "\(fix.title)")
      #expect(after.count <= before.count - 1, "\(fix.title)")
    }
  }
}

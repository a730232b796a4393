import LatchCompiler
import LatchSource
import LatchTestSupport
import Testing

@Suite("Fixes")
struct FixTests {
  private static let fixtures = ["L1002", "L3008", "L3102", "L3103", "L3116"].flatMap {
    Fixture.all(in: "invalid", prefix: $0)
  }
  // Nobody can be told another name there: what is wrong is that the schema has none like it.
  .filter { $0.name != "L3102-unnamed-argument" }

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

  @Test("No key is put in the place of another one of its map, though of one in another map")
  func keysOfOneMap() throws {
    let project = try ConditionProject(
      #"{"properties":{"meta":{"type":"object","properties":{"ref":{"type":"string"}},"additionalProperties":false}}}"#)
    let fixes = { (condition: String) in
      try project.found(when: condition).filter { $0.code == "L3102" }.map { $0.fix?.edits.first?.replacement }
    }
    #expect(try fixes("{ meta.rf: a }") == ["ref"])
    #expect(try fixes("{ meta.rf: a, meta.ref: b }") == [nil])
    #expect(try fixes("{ meta: { fields: { rf: a, ref: b } } }") == [nil])
    #expect(try fixes("{ any_of: [{ meta.rf: a }, { meta.ref: b }] }") == ["ref"])
  }
}

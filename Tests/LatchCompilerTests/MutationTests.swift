import LatchCompiler
import LatchSource
import LatchTestSupport
import Testing

@Suite("Damaged projects")
struct MutationTests {
  private static let fixtures =
    ["L1", "L2", "L3", "L4", "mixed"].flatMap { Fixture.all(in: "invalid", prefix: $0) } + Fixture.all(in: "valid")

  @Test(
    "Whatever is done to a file, findings lie within it and a bundle comes only without errors", arguments: fixtures)
  func damage(_ fixture: Fixture) throws {
    let files = try Dictionary(uniqueKeysWithValues: fixture.files.map { ($0, try fixture.bytes($0)) })
    var dice = Dice(seed: UInt64(truncatingIfNeeded: fixture.name.utf8.reduce(7) { $0 &* 31 &+ Int($1) }))
    for _ in 0..<12 {
      var damaged = files
      damaged["latch.yaml"] = files["latch.yaml"].map { mutated($0, &dice) }
      if Bool.random(using: &dice) { damaged["latch.lock"] = files["latch.lock"].map { mutated($0, &dice) } }
      let project = try ProjectFiles(damaged)
      let outcome = compile(project, settings: testSettings)
      let sources = project.sources
      #expect(outcome.value == nil || !outcome.hasErrors)
      #expect(outcome.value != nil || outcome.hasErrors)
      for span in outcome.found.compactMap(\.span) {
        #expect(sources.indices.contains(Int(span.file)) && span.end <= sources[Int(span.file)].bytes.count)
      }
      #expect(!TextRenderer().render(outcome.found, in: sources).isEmpty || outcome.found.isEmpty)
    }
  }

  private func mutated(_ bytes: [UInt8], _ dice: inout Dice) -> [UInt8] {
    guard !bytes.isEmpty else { return bytes }
    var bytes = bytes
    let at = Int.random(in: bytes.indices, using: &dice)
    switch Int.random(in: 0..<5, using: &dice) {
    case 0: bytes[at] = UInt8.random(in: 0...255, using: &dice)
    case 1: bytes.remove(at: at)
    case 2: bytes.insert(contentsOf: Array("{[]}:-&*!|>'\"%@`,#? \n\t$".utf8).shuffled(using: &dice).prefix(2), at: at)
    case 3: bytes.removeSubrange(at..<min(bytes.count, at + 24))
    default: bytes.insert(contentsOf: bytes[at..<min(bytes.count, at + 40)], at: at)
    }
    return bytes
  }
}

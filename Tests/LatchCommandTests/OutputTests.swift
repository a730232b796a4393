import Foundation
import Testing

/// Where nobody reads what comes out, and nobody is told, nothing passes for the answer.
@Suite("Results that cannot be written")
struct OutputTests {
  @Test(
    "A full device is said, and the exit status is that of what could not run",
    .enabled(if: FileManager.default.fileExists(atPath: "/dev/full")),
    arguments: [
      ["schema"], ["explain", "all"], ["validate"], ["validate", "--format", "json"], ["clients"], ["test"], ["--help"],
      ["--version"], ["audit", "verify"],
    ])
  func fullDevice(_ words: [String]) throws {
    let place = try Place()
    try place.write("version: 1\nname: demo\n", to: "project/latch.yaml")
    let said = try Run(of: words, in: place.url("project"), printingTo: "/dev/full").text
    #expect(said.contains("latch: cannot write to standard output: No space left on device\n"))
    #expect(said.hasSuffix("# exit 2\n"))
  }
}

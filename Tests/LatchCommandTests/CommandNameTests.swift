import Foundation
import Testing

@Suite("Names of commands")
struct CommandNameTests {
  @Test(
    "What is no command is refused by its name, whatever is asked about it",
    arguments: [
      ["doctor"], ["doctor", "--help"], ["doctor", "-h"], ["help", "doctor"], ["--help", "doctor"],
      ["doctor", "--project", ".", "--help"],
    ])
  func noCommand(_ words: [String]) throws {
    let said = try Run(of: words, in: .temporaryDirectory).text
    #expect(said.contains("There is no command `latch doctor`."))
    #expect(said.hasSuffix("# exit 64\n"))
    #expect(!said.contains("OVERVIEW"))
  }

  @Test("The command that was probably meant is named, also below another")
  func nearCommand() throws {
    #expect(try Run(of: ["evel", "-h"], in: .temporaryDirectory).text.contains("Did you mean `latch eval`?"))
    #expect(try Run(of: ["audit", "verfy", "-h"], in: .temporaryDirectory).text.contains("`latch audit verify`?"))
  }

  @Test(
    "Help is shown of what there is",
    arguments: [
      ["help"], ["--help"], ["help", "sync"], ["sync", "--help"], ["schema", "lock", "--help"],
      ["schema", "check", "-h"], ["help", "audit", "verify"], ["audit", "--help"],
    ])
  func help(_ words: [String]) throws {
    let said = try Run(of: words, in: .temporaryDirectory).text
    #expect(said.hasPrefix("OVERVIEW: "))
    #expect(said.hasSuffix("# exit 0\n"))
  }
}

extension URL {
  fileprivate static var temporaryDirectory: URL { FileManager.default.temporaryDirectory }
}

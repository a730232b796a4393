import Foundation
import Testing

/// What is found in a policy is printed with its lines, so that nothing may pass for one that is not in the project.
@Suite("Links in the place of a project's files")
struct LinkTests {
  private static let secret = "wJalrXUtnFEMI"

  @Test("A link that leads out of the project is not read", arguments: ["latch.yaml", "latch.lock"])
  func linkOutOfTheProject(_ file: String) throws {
    let place = try Place()
    try place.write("[default]\naws_secret_access_key = \(Self.secret)\n", to: "credentials")
    try place.write("version: 1\nname: demo\n", to: "project/latch.yaml")
    try place.link("project/\(file)", to: place.url("credentials").path)
    for command in [["validate"], ["build"], ["test"], ["sync"], ["validate", "--project", "."]] {
      let said = try Run(of: command, in: place.url("project")).text
      #expect(!said.contains(Self.secret))
      #expect(said.contains("`\(file)` is a symbolic link that leads out of the project"))
      #expect(said.hasSuffix("# exit 2\n"))
    }
  }

  @Test("A link to the directory beside the project, whose name goes on, leads out of it too")
  func linkToASibling() throws {
    let place = try Place()
    try place.write("version: \(Self.secret)\n", to: "project-two/latch.yaml")
    try place.link("project/latch.yaml", to: "../project-two/latch.yaml")
    let said = try Run(of: ["validate"], in: place.url("project")).text
    #expect(said.contains("leads out of the project"))
    #expect(!said.contains(Self.secret))
  }

  @Test("A link that stays in the project is followed")
  func linkInsideTheProject() throws {
    let place = try Place()
    try place.write("version: 1\nname: demo\n", to: "project/policies/main.yaml")
    try place.link("project/latch.yaml", to: "policies/main.yaml")
    #expect(try Run(of: ["validate"], in: place.url("project")).text.hasSuffix("# exit 0\n"))
  }

  @Test("A project is found where the way to its directory leads over a link")
  func linkToTheProject() throws {
    let place = try Place()
    try place.write("version: 1\nname: demo\n", to: "project/latch.yaml")
    try place.link("way", to: "project")
    #expect(try Run(of: ["validate", "--project", "way"], in: place.url("")).text.hasSuffix("# exit 0\n"))
  }
}

import LatchJSON
import LatchSource
import Testing

@Suite("Arguments that name a path or a URL")
struct ArgumentMeaningTests {
  private func isSaid(_ name: String, _ schema: JSONValue = ["type": "string"]) throws -> Bool {
    let project = ConditionProject(tools: [("write_thing", ["properties": .object([.init(name, schema)])])])
    return try project.codes(when: "{ \(name): { prefix: /srv } }", effect: "allow").contains("L3116")
  }

  @Test(
    "The last word of a name tells",
    arguments: [
      "path", "filePath", "file_path", "paths", "path2", "source-file", "fileName", "filename", "outputDir", "cwd",
      "root",
      "baseURL", "image_url", "uri", "path_to_file", "url_to_fetch", "targetFolder",
    ])
  func told(_ name: String) throws { #expect(try isSaid(name)) }

  @Test(
    "What only speaks of one does not",
    arguments: ["file_type", "path_count", "profile", "url_encoding", "name", "dirty", "filter", "linkage", "file_id"])
  func notTold(_ name: String) throws { #expect(try !isSaid(name)) }

  @Test("The form that the schema gives counts more than the name")
  func formats() throws {
    #expect(try isSaid("address", ["type": "string", "format": "uri"]))
    #expect(try !isSaid("file", ["type": "string", "format": "uuid"]))
    #expect(try !isSaid("path", ["type": "string", "enum": ["/srv/a", "/etc/b"]]))
  }
}

import Foundation
import LatchClients
import LatchJSON
import Testing

/// A folder of real configurations, `<client>/*.json` with `<client>/index.json`; set `LATCH_CORPUS` to run this.
private let corpus = ProcessInfo.processInfo.environment["LATCH_CORPUS"].map { URL(filePath: $0) }

@Suite("Real configurations", .enabled(if: corpus != nil, "LATCH_CORPUS names no folder of configurations"))
struct CorpusTests {
  @Test("are read with all their servers", arguments: ["claude-desktop", "claude-code", "cursor", "vscode"])
  func servers(client: String) throws {
    let folder = try #require(corpus).appending(path: "clients/\(client)")
    let index = try JSONValue(parsing: Array(Data(contentsOf: folder.appending(path: "index.json"))))
    for entry in index.array ?? [] {
      let file = try #require(entry["file"]?.string)
      let bytes = try Array(Data(contentsOf: folder.appending(path: file)))
      let expected = (entry["servers"]?.array ?? []).compactMap(\.string).sorted()
      guard entry["valid"]?.bool != false, let read = try? ImportedConfiguration(reading: bytes) else {
        #expect(entry["valid"]?.bool == false || expected.isEmpty, "\(client)/\(file) is not read")
        continue
      }
      #expect(read.servers.map(\.name).sorted() == expected, "\(client)/\(file): \(read.notes)")
    }
  }

  @Test("never end in a crash, whatever is cut off", arguments: ["claude-desktop", "claude-code", "cursor", "vscode"])
  func cut(client: String) throws {
    let folder = try #require(corpus).appending(path: "clients/\(client)")
    for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil) {
      let bytes = try Array(Data(contentsOf: file)).prefix(4000)
      for end in stride(from: 0, to: bytes.count, by: 37) {
        _ = try? ImportedConfiguration(reading: Array(bytes.prefix(end)))
      }
    }
  }
}

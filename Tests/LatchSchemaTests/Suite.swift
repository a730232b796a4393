import Foundation
import LatchJSON
import LatchSchema

/// The official JSON-Schema-Test-Suite on this machine, if it is there.
struct Suite {
  var folder: URL

  /// Where `LATCH_JSON_SCHEMA_SUITE` says, or where `Tests/fetch-json-schema-suite.sh` puts it.
  static let found: Suite? = {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let folder =
      ProcessInfo.processInfo.environment["LATCH_JSON_SCHEMA_SUITE"].map { URL(fileURLWithPath: $0) }
      ?? root.appendingPathComponent(".build/tools/json-schema-suite")
    guard FileManager.default.fileExists(atPath: folder.appendingPathComponent("tests").path) else { return nil }
    return Suite(folder: folder)
  }()

  /// What came of the tests in one folder.
  struct Score {
    var run = 0
    var failed: [String] = []

    var passed: Int { run - failed.count }
  }

  /// The documents that the suite expects at `http://localhost:1234/`.
  func remotes() throws -> [String: JSONDocument] {
    let base = folder.appendingPathComponent("remotes")
    var documents: [String: JSONDocument] = [:]
    for path in try FileManager.default.subpathsOfDirectory(atPath: base.path) where path.hasSuffix(".json") {
      documents["http://localhost:1234/" + path] = try read(base.appendingPathComponent(path))
    }
    return documents
  }

  /// Runs every test in `tests/NAME`, not in the folders below it.
  func run(_ name: String, dialect: SchemaDialect, assertFormat: Bool) throws -> Score {
    let tests = folder.appendingPathComponent("tests").appendingPathComponent(name)
    let remotes = try remotes()
    let options = SchemaOptions(dialect: dialect, assertFormat: assertFormat, load: { remotes[$0] })
    var score = Score()
    for file in try FileManager.default.contentsOfDirectory(atPath: tests.path).sorted() where file.hasSuffix(".json") {
      let document = try read(tests.appendingPathComponent(file))
      for group in document.children(of: JSONDocument.root) {
        run(document, group: group, file: String(file.dropLast(5)), options: options, score: &score)
      }
    }
    return score
  }

  private func run(_ document: JSONDocument, group: Int, file: String, options: SchemaOptions, score: inout Score) {
    guard let schemaNode = document.member("schema", of: group), let tests = document.member("tests", of: group),
      let title = document.member("description", of: group)
    else { return }
    let name = "\(file) / \(document.string(title))"
    let schema = Result { () throws(SchemaError) in
      try Schema(document.value(at: schemaNode).document(), options: options)
    }
    for test in document.children(of: tests) {
      guard let data = document.member("data", of: test), let valid = document.member("valid", of: test),
        let title = document.member("description", of: test)
      else { continue }
      score.run += 1
      let name = "\(name) / \(document.string(title))"
      switch schema {
      case .failure(let error): score.failed.append("\(name): \(error.message) at \(error.schemaPath)")
      case .success(let schema):
        let expected = document.kind(valid) == .true
        if schema.isValid(document, at: data) != expected { score.failed.append("\(name): should be \(expected)") }
        if let flaw = flaw(in: schema.failures(of: document, at: data), expected: expected) {
          score.failed.append("\(name): \(flaw)")
        }
      }
    }
  }

  /// What is wrong with what is said: nothing said about what is not valid, or that checking was given up.
  private func flaw(in failures: [SchemaFailure], expected: Bool) -> String? {
    if failures.isEmpty != expected { return "the explanation disagrees" }
    let isUnexplained = failures.contains {
      $0.keyword.isEmpty && $0.schemaPath.isEmpty && !$0.message.hasPrefix("nothing")
    }
    return isUnexplained ? "no explanation was found" : nil
  }

  private func read(_ file: URL) throws -> JSONDocument {
    try JSONDocument(parsing: [UInt8](Data(contentsOf: file)))
  }
}

import Foundation
import LatchJSON
import LatchSchema

extension Section {
  /// Checking against a schema what is parsed already, beside the validators on PyPI, where they are installed.
  static let schema = Section.ofRows("schema") {
    try rows(
      "60 lines", schema: file("Schemas/latch.schema.json"), instance: Array(SchemaInstance.sixtyLines.utf8))
      + rows(
        "10,000 rules", schema: file("Schemas/latch.schema.json"), instance: Array(SchemaInstance.large(10_000).utf8))
  }

  private static func file(_ path: String) throws -> [UInt8] {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return [UInt8](try Data(contentsOf: root.appendingPathComponent(path)))
  }

  private static func rows(_ name: String, schema: [UInt8], instance: [UInt8]) throws -> [Row] {
    let tree = try JSONDocument(parsing: schema)
    let compiled = try Schema(tree)
    let document = try JSONDocument(parsing: instance)
    precondition(compiled.isValid(document), "the document that is measured is valid")
    let others = ["jsonschema", "jsonschema_rs"].compactMap { module in
      python(module, schema: schema, instance: instance).map {
        Row(what: "\(name): PyPI \(module)", bytes: instance.count, seconds: $0, baseline: nil)
      }
    }
    let valid = Row.measure("\(name): isValid", bytes: instance.count, against: others.last) {
      keep(compiled.isValid(document))
    }
    let compile = try Row.measure("\(name): compile the schema", bytes: schema.count) { keep(try Schema(tree)) }
    return others + [valid, compile]
  }

  /// The seconds that one check takes with a Python package; nil, and said so, if it is not installed.
  private static func python(_ module: String, schema: [UInt8], instance: [UInt8]) -> Double? {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("latch-bench-\(getpid())")
    defer { try? FileManager.default.removeItem(at: folder) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [
      ProcessInfo.processInfo.environment["LATCH_PYTHON"] ?? "python3", "-c", script, module, folder.path,
    ]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try Data(schema).write(to: folder.appendingPathComponent("schema.json"))
      try Data(instance).write(to: folder.appendingPathComponent("instance.json"))
      try process.run()
    } catch {
      return nil
    }
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0, let seconds = Double(text.trimmingCharacters(in: .whitespacesAndNewlines))
    else {
      print("| (PyPI \(module) is not installed: left out) | | | | | |")
      return nil
    }
    return seconds
  }

  private static let script = """
    import importlib, json, os, sys, timeit
    module = importlib.import_module(sys.argv[1])
    schema = json.load(open(os.path.join(sys.argv[2], "schema.json")))
    instance = json.load(open(os.path.join(sys.argv[2], "instance.json")))
    validator = module.Draft202012Validator(schema)
    assert validator.is_valid(instance)
    rounds = 1
    while timeit.timeit(lambda: validator.is_valid(instance), number=rounds) < 0.05: rounds *= 2
    best = min(timeit.repeat(lambda: validator.is_valid(instance), number=rounds, repeat=5))
    print(best / rounds)
    """
}

/// What is checked: policies as people write them, as JSON.
enum SchemaInstance {
  static let sixtyLines = """
    {
      "version": 1,
      "name": "bench",
      "defaults": {
        "effect": "deny",
        "classes": {
          "read": "allow"
        },
        "require_explicit": true
      },
      "upstreams": {
        "filesystem": {
          "command": "npx",
          "args": ["-y", "@modelcontextprotocol/server-filesystem@2026.1.14", "${project}/data"],
          "env": {
            "LOG_LEVEL": "warn",
            "TOKEN": "${env:FS_TOKEN}"
          }
        },
        "my-api": {
          "url": "https://mcp.example.com/api",
          "headers": {
            "Authorization": "Bearer ${env:MY_API_TOKEN}"
          }
        }
      },
      "rules": [
        {
          "id": "fs-read",
          "effect": "allow",
          "upstream": "filesystem",
          "tool": ["read_file", "list_directory"],
          "when": {
            "path": {
              "within": "${project}"
            }
          }
        },
        {
          "id": "fs-write-in-project",
          "effect": "require_approval",
          "upstream": "filesystem",
          "tool": "write_file",
          "class": "write",
          "client": ["cursor", "claude-code"],
          "when": {
            "path": {
              "path_glob": "**/*.md"
            }
          },
          "reason": "writing is asked for"
        },
        {
          "id": "api-read",
          "effect": "allow",
          "upstream": "my-api",
          "class": "read"
        }
      ]
    }
    """

  static func large(_ rules: Int) -> String {
    let rules = (0..<rules).map { index in
      """
      {"id": "rule-\(index)", "effect": "allow", "upstream": "filesystem", "tool": ["read_file", "tool_\(index)"],
       "class": "read", "when": {"path": {"within": "${project}/d\(index)"}}, "reason": "number \(index)"}
      """
    }
    return """
      {"version": 1, "name": "bench", "upstreams": {"filesystem": {"command": "npx"}},
       "rules": [\(rules.joined(separator: ","))]}
      """
  }
}

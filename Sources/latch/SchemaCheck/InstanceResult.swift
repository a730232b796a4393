import LatchJSON
import LatchSchema
import LatchSource

/// What a schema says of one file.
struct InstanceResult {
  private struct Finding {
    var instancePath: String
    var schemaPath: String
    var problem: Text.Problem
  }

  private let path: String
  private let findings: [Finding]

  var isValid: Bool { findings.isEmpty }

  init(of text: Text, against schema: Schema) {
    path = text.source.path
    guard let document = text.document else {
      findings = text.problems.map { Finding(instancePath: "", schemaPath: "", problem: $0) }
      return
    }
    findings = schema.failures(of: document).map { failure in
      let place = text.place(document.place(failure.node))
      return Finding(
        instancePath: failure.instancePath, schemaPath: failure.schemaPath,
        problem: Text.Problem(
          path: text.source.path, start: place.start, end: place.end, message: failure.message))
    }
  }

  /// A line for each finding, or one that says that there is none.
  var text: String {
    if isValid { return "\(path): valid\n" }
    return findings.map { finding in
      let place = finding.schemaPath.isEmpty ? "" : " (schema: \(finding.schemaPath))"
      return finding.problem.line.harmless + place.harmless + "\n"
    }.joined()
  }

  var json: JSONValue {
    ["instance": .string(path), "valid": .bool(isValid), "errors": .array(findings.map(Self.json))]
  }

  private static func json(_ finding: Finding) -> JSONValue {
    [
      "instance_path": .string(finding.instancePath), "schema_path": .string(finding.schemaPath),
      "message": .string(finding.problem.message), "start": finding.problem.start.json,
      "end": finding.problem.end.json,
    ]
  }
}

extension Position {
  var json: JSONValue { ["line": .number(String(line)), "column": .number(String(column))] }
}

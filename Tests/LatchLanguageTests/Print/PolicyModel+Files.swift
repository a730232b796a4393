import LatchCompiler
import LatchJSON
import LatchPolicy

extension PolicyModel {
  /// The project's files, written in one of the many ways that `seed` chooses: rules in one file or in two.
  func files(seed: UInt64) throws -> ProjectFiles {
    var printer = YAMLPrinter(seed: seed)
    let inRoot = seed.isMultiple(of: 3) ? rules.count / 2 : rules.count
    let isSplit = inRoot < rules.count
    let root = printer.text(of: manifest(Array(rules[..<inRoot]), include: isSplit ? "more/*.yaml" : nil))
    let more = isSplit ? [printer.text(of: included(Array(rules[inRoot...])))] : []
    return ProjectFiles(
      root: ProjectFile(path: "latch.yaml", bytes: Array(root.utf8)),
      included: more.map { ProjectFile(path: "more/rules.yaml", bytes: Array($0.utf8)) },
      lock: ProjectFile(path: "latch.lock", bytes: Array(try lock().text.utf8)))
  }

  /// As `latch sync` would write it.
  func lock() throws -> LockFile {
    let upstreams = try upstreams.map { upstream in
      LockedUpstream(
        name: upstream.name, server: nil, instructionsDigest: nil,
        tools: try upstream.tools.map { try LockedTool(definition: $0.definition, trustAnnotations: false) })
    }
    return LockFile(upstreams: upstreams)
  }
}

extension ToolModel {
  /// Description words must not matter for the class.
  fileprivate var definition: JSONValue {
    let members: [(String, JSONValue?)] = [
      ("name", .string(name)), ("description", "Pays, kills and deletes."), ("inputSchema", schema?.json),
    ]
    return .object(members.compactMap { name, value in value.map { JSONValue.Member(name, $0) } })
  }
}

extension SchemaModel {
  /// The schema of all arguments.
  var json: JSONValue {
    switch form {
    case .plain: body
    case .allOf: ["allOf": [body]]
    case .reference: ["$ref": "#/$defs/all", "$defs": ["all": body]]
    }
  }

  /// The schema of one argument; only the whole can be referred to.
  private var inner: JSONValue { form == .allOf ? json : body }

  private var body: JSONValue {
    let members: [(String, JSONValue?)] = [
      ("type", types.map { .array($0.map { .string($0.rawValue) }) }),
      ("properties", properties.map { .object($0.map { JSONValue.Member($0.name, $0.schema.inner) }) }),
      ("required", required.isEmpty ? nil : .array(required.map(JSONValue.string))), ("items", items.first?.inner),
      ("default", stated),
    ]
    return .object(members.compactMap { name, value in value.map { JSONValue.Member(name, $0) } })
  }
}

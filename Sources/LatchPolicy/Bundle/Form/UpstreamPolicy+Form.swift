import LatchJSON

extension UpstreamPolicy {
  var form: JSONValue {
    .object([
      "kind": .string("upstream"), "name": .string(name), "launch": launch.form, "allow": .strings(allow),
      "resolves_links": .bool(resolvesLinks),
      "timeout": timeout == Self.usualTimeout ? nil : .integer(timeout),
      "instructions": instructions.map(JSONValue.string), "tools": .array(tools.map(\.form)),
      "unknown_tool": .array(unknownTool.map(\.form)), "atoms": .array(atoms.map(\.form)),
    ])
  }

  init(_ line: LineValue) throws(BundleError) {
    let fields = try line.fields([
      "kind", "name", "launch", "allow", "resolves_links", "timeout", "instructions", "tools", "unknown_tool", "atoms",
    ])
    self.init(
      name: try fields.string("name"), launch: try Launch(try fields.required("launch")),
      allow: try fields.required("allow").strings(), resolvesLinks: try fields.boolean("resolves_links"),
      timeout: try fields["timeout"]?.integer(in: 1...CallLimit.greatestWindow) ?? Self.usualTimeout,
      instructions: try fields.optionalString("instructions"),
      tools: try fields.list("tools", ToolPolicy.init), unknownTool: try fields.list("unknown_tool", Candidate.init),
      atoms: try fields.list("atoms", Atom.init))
  }

  /// The digests of all automata that the atoms name.
  var automata: Set<String> {
    Set(
      atoms.compactMap { atom in
        if case .text(_, let automaton, _, _) = atom.matcher { automaton } else { nil }
      })
  }
}

extension ToolPolicy {
  fileprivate var form: JSONValue {
    .object([
      "name": .string(name), "inferred": .string(inferredClass.rawValue), "class": .string(effectiveClass.rawValue),
      "digests": .strings(digests), "input_schema": inputSchema, "checks_schema": .bool(checksSchema),
      "hidden": .bool(hidden), "listed": listed.form, "candidates": .array(candidates.map(\.form)),
    ])
  }

  fileprivate init(_ value: LineValue) throws(BundleError) {
    let fields = try value.fields([
      "name", "inferred", "class", "digests", "input_schema", "checks_schema", "hidden", "listed", "candidates",
    ])
    self.init(
      name: try fields.string("name"), inferredClass: try fields.required("inferred").choice(),
      effectiveClass: try fields.required("class").choice(), digests: try fields.required("digests").strings(),
      inputSchema: fields["input_schema"].map { $0.document.value(at: $0.index) },
      checksSchema: try fields.boolean("checks_schema"), hidden: try fields.boolean("hidden"),
      listed: try Listing(try fields.required("listed")), candidates: try fields.list("candidates", Candidate.init))
  }
}

extension Listing {
  fileprivate var form: JSONValue {
    switch self {
    case .everyone: .string("everyone")
    case .nobody: .string("nobody")
    case .some(let others, let except): .object(["others": .bool(others), "except": .strings(except)])
    }
  }

  fileprivate init(_ value: LineValue) throws(BundleError) {
    guard value.document.kind(value.index) == .string else {
      let fields = try value.fields(["others", "except"])
      self = .some(others: try fields.boolean("others"), except: try fields.required("except").strings())
      return
    }
    switch try value.string() {
    case "everyone": self = .everyone
    case "nobody": self = .nobody
    case let name: throw value.failure("`\(name)` is not known")
    }
  }
}

package import LatchJSON
package import LatchPolicy
package import LatchSource

/// A whole project with its names looked up: what checks and lowering read.
package struct Model: Sendable {
  package var settings: Manifest.Settings
  /// Sorted by name (bytes).
  package var upstreams: [Upstream]
  /// Rules and guardrails, sorted by id (bytes).
  package var rules: [Rule]
  package var tests: [TestDeclaration]
  /// All client ids that rules may name, sorted (bytes).
  package var clients: [String]
  /// The lock, if there is one that can be read.
  package var lock: LockFile?
  /// The comments that suppress warnings.
  package var suppressions: [Suppression]
  /// The policy's files, `latch.yaml` first, then the lock if there is one.
  package var sources: [Source]
  /// How many of the sources are policy files.
  package var policyCount: Int
  package var unread: Unread
  /// Who speaks of what, looked up once; empty until `resolve` has filled it.
  var reach = ReachTable()
  /// The automata of all patterns that could be compiled, and the conditions beside the locked schemas: empty until
  /// `check` has filled them.
  var patterns = CompiledPatterns()
  var typed = TypedRules()

  package subscript(upstream name: String) -> Upstream? {
    upstreams.first(named: name, by: \.name)
  }

  /// The policy's own files.
  package var policySources: ArraySlice<Source> { sources.prefix(policyCount) }
  /// `latch.lock`, whether it can be read or not.
  package var lockSource: Source? { sources.dropFirst(policyCount).first }

  /// The text under a span.
  package subscript(span: Span) -> String {
    sources.indices.contains(Int(span.file)) ? sources[Int(span.file)][span] : ""
  }
}

/// An upstream with the tools that the lock knows.
package struct Upstream: Sendable {
  package var declaration: UpstreamDeclaration
  /// Whether the lock has it, so that its tools are known.
  package var isLocked: Bool
  /// `sha256:…` of the locked instructions.
  package var instructions: String?
  /// Sorted by name (bytes), the reserved ones among them.
  package var tools: [Tool]

  package var name: String { declaration.name.value }
  package var isEnabled: Bool { declaration.isEnabled }

  package subscript(tool name: String) -> Tool? { tools.first(named: name, by: \.name) }
}

/// A tool as the lock has it and as the author classed it.
package struct Tool: Sendable {
  package var name: String
  package var inferredClass: ActionClass
  package var effectiveClass: ActionClass
  package var digests: [String]
  package var inputSchema: JSONValue?
  package var checksSchema: Bool
  package var isHidden: Bool

  /// Resources, prompts and completions, which are decided like tools.
  package var isReserved: Bool { name.utf8.first == UInt8(ascii: "@") }

  package static let reservedNames = ["@completion/complete", "@prompts/get", "@resources/read"]
}

/// A rule or guardrail with its names taken apart.
package struct Rule: Sendable {
  package var declaration: RuleDeclaration
  package var upstreams: [NamePattern]?
  package var tools: [NamePattern]?
  /// Its index among the model's rules.
  package var index: Int

  package init(_ declaration: RuleDeclaration, index: Int) {
    self.declaration = declaration
    self.index = index
    upstreams = declaration.upstreams?.map(NamePattern.init)
    tools = declaration.tools?.map(NamePattern.init)
  }

  package var id: String { declaration.id.value }
  /// `deny` where the effect could not be read, which an error has said.
  package var effect: Effect { declaration.effect?.value ?? .deny }
  package var isConditional: Bool { declaration.when != nil || declaration.unless != nil }
  /// Whether the rule can decide: on, and nothing refused in it.
  package var isActive: Bool { declaration.isEnabled && declaration.isWhole }

  /// What the rule is worth toward a tool; nil if it does not speak of it.
  package func specificity(toward tool: Tool, of upstream: String) -> Specificity? {
    guard let tools = tools.score(of: tool.name) else { return nil }
    return specificity(tools: tools, class: tool.effectiveClass, upstream: upstream)
  }

  /// The same where the tool's part is known already.
  package func specificity(tools: UInt8, class actionClass: ActionClass, upstream: String) -> Specificity? {
    guard let upstreams = upstreams.score(of: upstream) else { return nil }
    if let classes = declaration.classes, !classes.contains(where: { $0.value == actionClass }) { return nil }
    return Specificity(
      tool: tools, upstream: upstreams, condition: isConditional ? 1 : 0,
      actionClass: declaration.classes == nil ? 0 : 1, client: declaration.clients == nil ? 0 : 1)
  }
}

import LatchAutomata
import LatchJSON

/// One upstream of a bundle made ready for deciding: `decide` is total and pure, and walks prepared arrays.
package final class Policy: Sendable {
  let guarding: Guard
  let tools: [PreparedTool]
  let toolNames: NameTable
  /// What is decided about a tool that the lock does not know.
  let unknownTool: Program
  let clientNames: NameTable
  let rules: [PreparedRule]
  /// nil where `defaults.protect_self` is false.
  let selfProtection: SelfProtection?
  /// Whether links in paths are followed before a call that a path lets through: only where the server sees the same
  /// files as the proxy.
  let resolvesLinks: Bool
  /// Where rules and their matchers stand, for the trace.
  let places: [String: Provenance.Place]

  /// Makes `upstream` ready; `paths` says where the project and the user's home are on this machine.
  package init(
    _ bundle: Bundle, upstream: String, paths: ProjectPaths = ProjectPaths()
  ) throws(BundleError) {
    guard let policy = bundle.upstreams.first(where: { $0.name.utf8.elementsEqual(upstream.utf8) }) else {
      throw .unknownUpstream(upstream, known: bundle.upstreams.map(\.name))
    }
    let builder = PolicyBuilder(bundle, policy, paths)
    guarding = bundle.guarding
    tools = try policy.tools.map { (tool) throws(BundleError) in try builder.prepared(tool) }
    toolNames = NameTable(policy.tools.map(\.name))
    unknownTool = try builder.program(of: policy.unknownTool, schema: nil)
    clientNames = NameTable(bundle.guarding.clients)
    rules = bundle.rules.map(PreparedRule.init)
    selfProtection =
      bundle.guarding.protectSelf ? SelfProtection(bundle.guarding.protected, paths, launch: policy.launch) : nil
    if case .stdio = policy.launch { resolvesLinks = policy.resolvesLinks } else { resolvesLinks = false }
    places = Dictionary(
      (bundle.provenance?.places ?? []).map { ($0.rule, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The same with other programs.
  init(_ other: Policy, tools: [PreparedTool], unknownTool: Program) {
    guarding = other.guarding
    self.tools = tools
    toolNames = other.toolNames
    self.unknownTool = unknownTool
    clientNames = other.clientNames
    rules = other.rules
    selfProtection = other.selfProtection
    resolvesLinks = other.resolvesLinks
    places = other.places
  }

  /// Whether the tool is listed to a client; a tool that the lock does not know is listed to nobody.
  package func isListed(tool: String, client: String?) -> Bool {
    guard let tool = self.tool(named: tool) else { return false }
    return !tool.isHidden && tool.listed.includes(client: client)
  }

  /// Whether a person may be asked about calls of the tool though the lock does not know it. Nobody has reviewed its
  /// definition, which therefore is shown to nobody: only who knows the name can call it.
  package func asksAboutUnknown(tool: String) -> Bool {
    guarding.unknownTool == .requireApproval && self.tool(named: tool) == nil
  }

  func tool(named name: String) -> PreparedTool? { toolNames.position(of: name).map { tools[$0] } }
}

/// A tool with its program.
final class PreparedTool: Sendable {
  let effectiveClass: ActionClass
  let isHidden: Bool
  let listed: Listing
  /// nil where arguments are not held against a schema.
  let schema: ArgumentSchema?
  let program: Program

  init(_ tool: ToolPolicy, _ program: Program) {
    effectiveClass = tool.effectiveClass
    isHidden = tool.hidden
    listed = tool.listed
    schema = tool.checksSchema ? tool.inputSchema.map(ArgumentSchema.init) : nil
    self.program = program
  }

  /// The same tool with another program.
  init(_ other: PreparedTool, _ program: Program) {
    effectiveClass = other.effectiveClass
    isHidden = other.isHidden
    listed = other.listed
    schema = other.schema
    self.program = program
  }
}

/// A rule's id and what is told of it, kept where a decision does not copy it.
final class PreparedRule: Sendable, Equatable {
  let id: String
  let reason: String?

  init(_ text: RuleText) {
    id = text.id
    reason = text.reason
  }

  static func == (left: PreparedRule, right: PreparedRule) -> Bool {
    left === right || left.id == right.id && left.reason == right.reason
  }
}

/// What the tools of one upstream are made ready with.
struct PolicyBuilder {
  private var atoms: AtomSource
  private let ruleCount: Int
  private let clientNumbers: [[UInt8]: Int32]

  init(_ bundle: Bundle, _ upstream: UpstreamPolicy, _ paths: ProjectPaths) {
    let automata = Dictionary(
      bundle.automata.map { ($0.digest, $0.automaton) }, uniquingKeysWith: { first, _ in first })
    atoms = AtomSource(atoms: upstream.atoms, automata: automata, paths: paths)
    ruleCount = bundle.rules.count
    clientNumbers = Dictionary(
      bundle.guarding.clients.enumerated().map { (Array($1.utf8), Int32($0)) }, uniquingKeysWith: { first, _ in first })
  }

  /// The same where conditions number other atoms.
  func asking(_ other: [Atom]) -> PolicyBuilder {
    var builder = self
    builder.atoms = AtomSource(atoms: other, automata: atoms.automata, paths: atoms.paths)
    return builder
  }

  func prepared(_ tool: ToolPolicy) throws(BundleError) -> PreparedTool {
    PreparedTool(tool, try program(of: tool.candidates, schema: tool.inputSchema))
  }

  func program(of candidates: [Candidate], schema: JSONValue?) throws(BundleError) -> Program {
    guard candidates.allSatisfy({ (0..<ruleCount).contains($0.rule) && !($0.isGuardrail && $0.effect == .allow) })
    else {
      throw .malformed(line: "upstream", "a candidate is of no rule, or a guardrail that allows")
    }
    let builder = ProgramBuilder(atoms: atoms, clientNumbers: clientNumbers, schema: schema)
    return try builder.program(of: candidates)
  }
}

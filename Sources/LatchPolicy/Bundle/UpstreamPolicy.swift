package import LatchJSON

/// One MCP server: how it starts, what it offers, and what is decided about each of its tools.
package struct UpstreamPolicy: Sendable, Equatable {
  package var name: String
  package var launch: Launch
  /// Sorted names of what else passes: elicitation, logging, roots, sampling, tasks.
  package var allow: [String]
  /// Whether an allow that rests on a path also wants the path's links resolved (`symlinks: resolve`).
  package var resolvesLinks: Bool
  /// How long one request may take, in milliseconds.
  package var timeout: Int
  /// `sha256:…` of the locked `instructions`, if the server gives any.
  package var instructions: String?
  /// Sorted by name (bytes); the reserved `@completion/complete`, `@prompts/get`, `@resources/read` among them.
  package var tools: [ToolPolicy]
  /// The program for a tool that the lock does not know (`defaults.unknown_tool: require_approval`): a rule stands in
  /// it once for each specificity that its names can have.
  package var unknownTool: [Candidate]
  /// The conditions' questions, shared by all tools of the upstream.
  package var atoms: [Atom]

  package init(
    name: String, launch: Launch, allow: [String] = [], resolvesLinks: Bool = true,
    timeout: Int = UpstreamPolicy.usualTimeout, instructions: String? = nil, tools: [ToolPolicy] = [],
    unknownTool: [Candidate] = [], atoms: [Atom] = []
  ) {
    self.name = name
    self.launch = launch
    self.allow = allow
    self.resolvesLinks = resolvesLinks
    self.timeout = timeout
    self.instructions = instructions
    self.tools = tools
    self.unknownTool = unknownTool
    self.atoms = atoms
  }
}

extension UpstreamPolicy {
  /// Where the policy says nothing.
  package static let usualTimeout = 60_000

  /// What a request may take, in milliseconds, of a server that says that it is at work.
  package var longestTimeout: Int { 10 * timeout }

  /// Whether a condition compares paths with the project's directory, so that the proxy has to know it.
  package var needsProject: Bool {
    atoms.contains { atom in
      if case .text(_, _, .project, _) = atom.matcher { true } else { false }
    }
  }
}

/// How the proxy reaches an upstream. References (`${env:…}`) stay as written: only the proxy resolves them.
package enum Launch: Sendable, Equatable {
  case stdio(command: String, arguments: [String], environment: [Binding], directory: String?, inherit: [String])
  case http(transport: String, url: String, headers: [Binding], insecure: Bool)

  /// A variable or header; sorted by name (bytes).
  package struct Binding: Sendable, Equatable {
    package var name: String
    package var value: Value

    package init(name: String, value: Value) {
      self.name = name
      self.value = value
    }
  }

  package enum Value: Sendable, Equatable {
    /// Text with `${env:…}`, `${file:…}`, `${project}`, `${home}`, `$${` as the author wrote it.
    case text(String)
    /// `{ command: […] }`: the first line that the program prints.
    case output(of: [String])
  }
}

/// One tool as the lock knows it, with all that can be decided about it.
package struct ToolPolicy: Sendable, Equatable {
  package var name: String
  package var inferredClass: ActionClass
  package var effectiveClass: ActionClass
  /// Digests of the definition that are in order (one a protocol revision where they differ); empty if reserved.
  package var digests: [String]
  package var inputSchema: JSONValue?
  /// False under `tools.<name>.schema: ignore`.
  package var checksSchema: Bool
  package var hidden: Bool
  /// Clients to which the tool is listed.
  package var listed: Listing
  /// All rules and guardrails that can speak of the tool: guardrails first, then by specificity (greatest first),
  /// then by id.
  package var candidates: [Candidate]

  package init(
    name: String, inferredClass: ActionClass, effectiveClass: ActionClass, digests: [String] = [],
    inputSchema: JSONValue? = nil, checksSchema: Bool = true, hidden: Bool = false, listed: Listing = .everyone,
    candidates: [Candidate] = []
  ) {
    self.name = name
    self.inferredClass = inferredClass
    self.effectiveClass = effectiveClass
    self.digests = digests
    self.inputSchema = inputSchema
    self.checksSchema = checksSchema
    self.hidden = hidden
    self.listed = listed
    self.candidates = candidates
  }
}

/// Which clients a tool is listed to.
package enum Listing: Sendable, Equatable {
  case everyone
  case nobody
  /// `others`: whether a client that no rule names sees it; `except`: the named ones for which it is the other way.
  case some(others: Bool, except: [String])

  /// Whether `client`, nil where none is known, sees the tool.
  package func includes(client: String?) -> Bool {
    switch self {
    case .everyone: true
    case .nobody: false
    case .some(let others, let except):
      client.map { name in except.contains { $0.utf8.elementsEqual(name.utf8) } } == true ? !others : others
    }
  }
}

/// Policies that differ from one in what is decided about a single tool; all else is made ready once.
///
/// What tests notice of a change is found out with many of them.
package struct PolicyVariants: Sendable {
  private let builder: PolicyBuilder
  private let original: Policy
  private let upstream: UpstreamPolicy

  package init(_ bundle: Bundle, upstream name: String, paths: ProjectPaths) throws(BundleError) {
    original = try Policy(bundle, upstream: name, paths: paths)
    guard let upstream = bundle.upstreams.first(where: { $0.name.utf8.elementsEqual(name.utf8) }) else {
      preconditionFailure("there is a policy of the upstream")
    }
    self.upstream = upstream
    builder = PolicyBuilder(bundle, upstream, paths)
  }

  /// What decides about a tool now, unknown ones too, over the upstream's atoms.
  package func candidates(for tool: String) -> [Candidate] {
    original.toolNames.position(of: tool).map { upstream.tools[$0].candidates } ?? upstream.unknownTool
  }

  package var atoms: [Atom] { upstream.atoms }

  /// The policy in which others decide about the tool, whose conditions number these atoms.
  package func policy(
    deciding tool: String, by candidates: [Candidate], asking atoms: [Atom]
  ) throws(BundleError) -> Policy {
    let builder = builder.asking(atoms)
    guard let position = original.toolNames.position(of: tool) else {
      return Policy(original, tools: original.tools, unknownTool: try builder.program(of: candidates, schema: nil))
    }
    var tools = original.tools
    let program = try builder.program(of: candidates, schema: upstream.tools[position].inputSchema)
    tools[position] = PreparedTool(tools[position], program)
    return Policy(original, tools: tools, unknownTool: original.unknownTool)
  }
}

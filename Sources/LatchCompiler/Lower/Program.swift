import LatchPolicy
import LatchSource

/// One upstream on its way into the bundle: its atoms are numbered as its tools' rules are lowered.
struct Program {
  private(set) var policy: UpstreamPolicy
  private(set) var automata: [Bundle.NamedAutomaton]

  init(of upstream: Upstream, rules: RuleNumbers, guarding: Guard, patterns: CompiledPatterns) {
    var atoms = AtomTable(patterns: patterns)
    let conditions = LoweredConditions(upstream, rules, &atoms)
    let tools = upstream.tools.map { tool in
      toolPolicy(tool, candidates: candidates(toward: tool, of: upstream, rules, conditions), guarding)
    }
    policy = UpstreamPolicy(
      name: upstream.name, launch: upstream.declaration.launch,
      allow: inByteOrder(Set(upstream.declaration.allow), \.self),
      resolvesLinks: upstream.declaration.resolvesLinks, timeout: upstream.declaration.timeout,
      instructions: upstream.instructions, tools: tools,
      unknownTool: guarding.unknownTool == .deny ? [] : unknownTool(of: upstream, rules, conditions), atoms: atoms.atoms
    )
    automata = atoms.automata
  }
}

private func toolPolicy(_ tool: Tool, candidates: [Candidate], _ guarding: Guard) -> ToolPolicy {
  ToolPolicy(
    name: tool.name, inferredClass: tool.inferredClass, effectiveClass: tool.effectiveClass, digests: tool.digests,
    inputSchema: tool.inputSchema, checksSchema: tool.checksSchema, hidden: tool.isHidden,
    listed: Listing(
      of: candidates, actionClass: tool.effectiveClass, isHidden: tool.isHidden, guarding: guarding),
    candidates: candidates)
}

/// The conditions of the rules that reach an upstream, over its atoms; lowered in the order of the rules' ids.
private struct LoweredConditions {
  private var when: [Int: Condition] = [:]
  private var unless: [Int: Condition] = [:]

  init(_ upstream: Upstream, _ rules: RuleNumbers, _ atoms: inout AtomTable) {
    for (index, rule) in rules.numbered where rule.upstreams.score(of: upstream.name) != nil {
      let denies = rule.effect != .allow
      when[index] = rule.declaration.when.map { atoms.lower($0, denying: denies) }
      unless[index] = rule.declaration.unless.map { atoms.lower($0, denying: !denies) }
    }
  }

  func candidate(_ index: Int, _ rule: Rule, _ specificity: Specificity) -> Candidate {
    Candidate(
      rule: index, isGuardrail: rule.declaration.isGuardrail, effect: rule.effect, specificity: specificity,
      clients: rule.declaration.clients.map { inByteOrder(Set($0.map(\.value)), \.self) }, when: when[index],
      unless: unless[index], fallsThrough: rule.declaration.fallsThrough?.value ?? false,
      limit: rule.declaration.limit?.value, approval: rule.declaration.approval?.terms)
  }
}

private func candidates(
  toward tool: Tool, of upstream: Upstream, _ rules: RuleNumbers, _ conditions: LoweredConditions
) -> [Candidate] {
  inOrder(
    rules.numbered.compactMap { index, rule in
      rule.specificity(toward: tool, of: upstream.name).map { conditions.candidate(index, rule, $0) }
    })
}

/// What is decided about a tool that the lock does not have, beside the floor of `require_approval`.
///
/// Its name is known only when it is called, so each rule takes along the names that it has; one whose names are worth
/// different things toward specificity stands there once for each.
private func unknownTool(of upstream: Upstream, _ rules: RuleNumbers, _ conditions: LoweredConditions) -> [Candidate] {
  inOrder(
    rules.numbered.flatMap { index, rule in
      unknownNames(of: rule, upstream).compactMap { names -> Candidate? in
        rule.specificity(tools: names.score, class: .execute, upstream: upstream.name).map { specificity in
          var candidate = conditions.candidate(index, rule, specificity)
          candidate.tools = names.patterns
          return candidate
        }
      }
    })
}

/// A rule's names and globs that a tool which the lock lacks can have, by their score; nil: any.
private func unknownNames(of rule: Rule, _ upstream: Upstream) -> [(score: UInt8, patterns: [String]?)] {
  guard let tools = rule.tools else { return [(0, nil)] }
  let possible = tools.filter { !$0.isLiteral || upstream[tool: $0.text.value] == nil }
  return Set(possible.map(\.score)).sorted().map { score in
    let patterns = possible.filter { $0.score == score }.map(\.text.value)
    return (score, score == 0 ? nil : inByteOrder(patterns, \.self))
  }
}

/// Guardrails first, then by specificity, greatest first, then by id, which the indices follow.
private func inOrder(_ candidates: [Candidate]) -> [Candidate] {
  candidates.sorted { left, right in
    if left.isGuardrail != right.isGuardrail { return left.isGuardrail }
    if left.specificity != right.specificity { return right.specificity < left.specificity }
    return left.rule < right.rule
  }
}

package import LatchPolicy
package import LatchSource

/// The frozen policy of a checked model; it cannot fail.
///
/// Everything in it is sorted by bytes or numbered in an order that comes from sorted things, so that the same sources
/// and lock give the same bundle whatever the order of files and keys.
package func lower(_ checked: CheckedModel, settings: CompilerSettings) -> Bundle {
  let model = checked.model
  let rules = model.rules.filter(\.declaration.isEnabled)
  let numbers = RuleNumbers(rules)
  let guarding = makeGuard(model, settings: settings)
  let programs = model.upstreams.filter(\.isEnabled).map { upstream in
    Program(of: upstream, rules: numbers, guarding: guarding, patterns: checked.patterns)
  }
  return Bundle(
    name: model.settings.name?.value ?? "", serial: model.settings.serial,
    guarding: guarding, upstreams: programs.map(\.policy),
    automata: automata(of: programs), rules: rules.map(text), provenance: provenance(of: model, rules, settings))
}

/// The rules that can decide, each with its index in the bundle.
struct RuleNumbers {
  let numbered: [(index: Int, rule: Rule)]

  init(_ rules: [Rule]) { numbered = rules.enumerated().map { ($0, $1) } }
}

private func text(_ rule: Rule) -> RuleText {
  RuleText(
    id: rule.id, isGuardrail: rule.declaration.isGuardrail, description: rule.declaration.description,
    reason: rule.declaration.reason)
}

private func automata(of programs: [Program]) -> [Bundle.NamedAutomaton] {
  var seen: Set<String> = []
  return inByteOrder(programs.flatMap(\.automata).filter { seen.insert($0.digest).inserted }, \.digest)
}

private func makeGuard(_ model: Model, settings: CompilerSettings) -> Guard {
  let defaults = model.settings.defaults
  var guarding = Guard()
  guarding.limits = model.settings.limits
  guarding.effect = defaults.effect
  guarding.classes = defaults.classes.sorted { $0.key < $1.key }.map { Guard.ClassDefault($0.key, $0.value) }
  guarding.unknownTool = defaults.unknownTool
  guarding.changedTool = defaults.changedTool
  guarding.unreadableArgument = defaults.unreadableArgument
  guarding.extraArguments = defaults.extraArguments
  guarding.invalidArguments = defaults.invalidArguments
  guarding.approval = defaults.approval.terms
  guarding.approvalKeys = inByteOrder((defaults.approvalKeys ?? []).compactMap(\.approver), \.name)
  guarding.protectSelf = defaults.protectSelf
  guarding.observe = defaults.observe?.value ?? false
  guarding.audit = model.settings.audit
  guarding.clients = model.clients
  guarding.protected = protectedPaths(model, settings: settings)
  return guarding
}

private func protectedPaths(_ model: Model, settings: CompilerSettings) -> [ProtectedPath] {
  let included = model.policySources.dropFirst().map { ProtectedPath(.project, $0.path, kind: .source) }
  let families = model.settings.include.compactMap { IncludePattern.family(of: $0.value) }.flatMap { family in
    family.patterns.map { ProtectedPath(.project, family.directory, kind: .source, pattern: $0) }
  }
  var seen: Set<[UInt8]> = []
  let all = (ProtectedPath.always + included + families + settings.protectedPaths).filter {
    seen.insert(Array($0.key.utf8)).inserted
  }
  return inByteOrder(all, \.key)
}

extension ProtectedPath {
  fileprivate var key: String { "\(base.rawValue)\u{0}\(path)\u{0}\(pattern.joined(separator: "/"))" }
}

private func provenance(of model: Model, _ rules: [Rule], _ settings: CompilerSettings) -> Provenance {
  let files = model.policySources.map { Provenance.File(path: $0.path, sha256: SHA256Digest.prefixed(of: $0.bytes)) }
  return Provenance(
    sources: inByteOrder(files, \.path), lock: model.lockSource.map { SHA256Digest.prefixed(of: $0.bytes) },
    compiler: settings.compiler,
    places: rules.map(model.places))
}

extension Model {
  /// Where a rule stands, and its matchers.
  fileprivate func places(of rule: Rule) -> Provenance.Place {
    let declaration = rule.declaration
    let matchers = [declaration.when, declaration.unless].compactMap(\.self).flatMap(\.matcherPlaces)
    return Provenance.Place(
      rule: rule.id, place: shownPlace(of: declaration.id.span), matchers: matchers.map(shownPlace))
  }

  /// `path:line:column`.
  package func shownPlace(of span: Span) -> String {
    let source = sources[Int(span.file)]
    let position = source.position(of: span.start)
    return "\(source.path):\(position.line):\(position.column)"
  }
}

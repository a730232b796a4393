import LatchJSON
import LatchPolicy
import LatchSource

/// What the stages after decoding share: the manifests and what was read beside them.
struct Decoded: Sendable {
  /// `latch.yaml` first, then by path.
  var manifests: [Manifest]
  var suppressions: [Suppression]
  var lock: LockFile?
  var sources: [Source]
  /// How many of the sources are policy files.
  var policyCount: Int
  var unread: Unread
}

/// Puts the files of a project together and looks up every name in them.
func resolve(_ decoded: Decoded, settings: CompilerSettings) -> Outcome<Model> {
  var found: [Diagnostic] = []
  let values = decoded.manifests.flatMap(\.values)
  var table = ValuesTable(values, isComplete: !decoded.unread.contains(.definitions))
  let rules = decoded.manifests.flatMap(\.rules).map { table.filled($0) }
  found += table.found
  let declarations = decoded.manifests.flatMap(\.upstreams)
  found += definedTwice(declarations.map(\.name), "L2001", "upstream")
  found += definedTwice(rules.map(\.id), "L2002", "rule") + rules.compactMap(Diagnostic.builtInName)
  found += definedTwice(values.map(\.name), "L2003", "list")
  let own = decoded.manifests.first?.settings ?? Manifest.Settings()
  var model = Model(
    settings: own,
    upstreams: inByteOrder(firstOfEach(declarations, \.name), \.name.value).map { upstream($0, lock: decoded.lock) },
    rules: inByteOrder(firstOfEach(rules, \.id), \.id.value).enumerated().map { Rule($1, index: $0) },
    tests: decoded.manifests.flatMap(\.tests),
    clients: inByteOrder(Set(settings.clients + own.clients.map(\.value)), \.self),
    lock: decoded.lock, suppressions: decoded.suppressions, sources: decoded.sources, policyCount: decoded.policyCount,
    unread: decoded.unread)
  model.reach = ReachTable(model.rules, model.upstreams)
  found += namesThatNothingHas(in: model)
  return Outcome(model, found)
}

/// Sorted by the bytes of a name, as everything is that has no order of its own.
func inByteOrder<Element>(_ elements: some Sequence<Element>, _ name: (Element) -> String) -> [Element] {
  elements.sorted { name($0).utf8.lexicographicallyPrecedes(name($1).utf8) }
}

extension Array {
  /// The first element of a name, of elements that are sorted by the bytes of their names.
  func first(named name: String, by path: (Element) -> String) -> Element? {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if path(self[middle]).utf8.lexicographicallyPrecedes(name.utf8) { low = middle + 1 } else { high = middle }
    }
    return low < count && path(self[low]).utf8.elementsEqual(name.utf8) ? self[low] : nil
  }
}

private func firstOfEach<Element>(_ elements: [Element], _ name: (Element) -> Spanned<String>) -> [Element] {
  var seen: Set<[UInt8]> = []
  return elements.filter { seen.insert(Array(name($0).value.utf8)).inserted }
}

private func definedTwice(_ names: [Spanned<String>], _ code: DiagnosticCode, _ what: String) -> [Diagnostic] {
  var first: [[UInt8]: Span] = [:]
  return names.compactMap { name -> Diagnostic? in
    let key = Array(name.value.utf8)
    guard let other = first[key] else {
      first[key] = name.span
      return nil
    }
    return Diagnostic(
      code, "\(what) `\(name.value)` is defined twice; give one of them another name", at: name.span,
      notes: [Note("the other `\(name.value)`", at: other)])
  }
}

extension Diagnostic {
  /// Decisions, tests and records know the built-in guardrail by its id, whether it is on or off.
  fileprivate static func builtInName(_ rule: RuleDeclaration) -> Diagnostic? {
    guard rule.id.value.utf8.elementsEqual(Guard.selfProtection.utf8) else { return nil }
    return Diagnostic(
      "L2002",
      "`\(Guard.selfProtection)` is the built-in guardrail's name; give this \(rule.isGuardrail ? "guardrail" : "rule") "
        + "another one", at: rule.id.span)
  }
}

private func upstream(_ declaration: UpstreamDeclaration, lock: LockFile?) -> Upstream {
  let locked = lock?.upstream(named: declaration.name.value)
  let declared = Dictionary(declaration.tools.map { (Array($0.name.value.utf8), $0) }) { first, _ in first }
  let reserved = Tool.reservedNames.map { tool($0, of: nil, declared) }
  let listed = (locked?.tools ?? []).filter { !$0.name.hasPrefix("@") }.map { tool($0.name, of: $0, declared) }
  return Upstream(
    declaration: declaration, isLocked: locked != nil, instructions: locked?.instructionsDigest,
    tools: inByteOrder(reserved + listed, \.name))
}

private func tool(_ name: String, of locked: LockedTool?, _ declared: [[UInt8]: ToolDeclaration]) -> Tool {
  let declaration = declared[Array(name.utf8)]
  let inferred = locked?.inferredClass ?? .read
  return Tool(
    name: name, inferredClass: inferred, effectiveClass: declaration?.actionClass?.value ?? inferred,
    digests: locked?.digests ?? [], inputSchema: locked?.inputSchema,
    checksSchema: locked != nil && declaration?.checksSchema != false, isHidden: declaration?.isHidden ?? false)
}

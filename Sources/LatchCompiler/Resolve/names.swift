import LatchPolicy
import LatchSource

/// Every name that is used and that nothing has; silent where a part of the project could not be read.
func namesThatNothingHas(in model: Model) -> [Diagnostic] {
  guard model.isComplete else { return [] }
  return model.rules.flatMap { names(of: $0, in: model) } + model.upstreams.flatMap(toolSettings)
    + model.tests.flatMap { names(of: $0, in: model) }
}

private func names(of rule: Rule, in model: Model) -> [Diagnostic] {
  let upstreams = (rule.upstreams ?? []).compactMap { unknownUpstream($0, in: model) }
  let clients = (rule.declaration.clients ?? []).compactMap { unknownClient($0, in: model) }
  return upstreams + clients + (upstreams.isEmpty ? unknownTools(of: rule, in: model) : [])
}

private func unknownUpstream(_ pattern: NamePattern, in model: Model) -> Diagnostic? {
  let known = model.upstreams.map(\.name)
  guard !known.contains(where: pattern.matches) else { return nil }
  if pattern.isLiteral { return .unknownUpstream(pattern.text, known: known) }
  return Diagnostic(
    "L2104", "no upstream's name matches `\(pattern.text.value)`; \(list(known, of: "upstream"))", at: pattern.text.span
  )
}

private func unknownClient(_ client: Spanned<String>, in model: Model) -> Diagnostic? {
  guard !model.clients.contains(where: { $0.utf8.elementsEqual(client.value.utf8) }) else { return nil }
  let near = closest(to: client.value, among: model.clients)
  return Diagnostic(
    "L2102", "no client is called `\(client.value)`\(didYouMean(near))", at: client.span,
    fix: near.map { .replace(client.span, with: $0) },
    help: "`latch clients` lists those known; name others in `clients:` of latch.yaml")
}

/// Tools are known only of upstreams that the lock has.
private func unknownTools(of rule: Rule, in model: Model) -> [Diagnostic] {
  guard model.knowsReach(of: rule) else { return [] }
  return (rule.tools ?? []).filter { $0.isLiteral && !model.matchesTool($0, of: rule) }.map { pattern in
    let reached = model.upstreams(of: rule)
    return .unknownTool(pattern.text, known: reached.flatMap { $0.tools.map(\.name) }, of: reached.map(\.name))
  }
}

private func toolSettings(of upstream: Upstream) -> [Diagnostic] {
  guard upstream.isLocked else { return [] }
  let known = upstream.tools.map(\.name)
  return upstream.declaration.tools.map(\.name).filter { name in
    !known.contains { $0.utf8.elementsEqual(name.value.utf8) }
  }.map { .unknownTool($0, known: known, of: [upstream.name]) }
}

private func names(of test: TestDeclaration, in model: Model) -> [Diagnostic] {
  var found = [test.client].compactMap(\.self).compactMap { unknownClient($0, in: model) }
  let rules = model.rules.map(\.id) + (model.settings.defaults.protectSelf ? [Guard.selfProtection] : [])
  if let rule = test.rule, !rules.contains(where: { $0.utf8.elementsEqual(rule.value.utf8) }) {
    let near = closest(to: rule.value, among: rules)
    found.append(
      Diagnostic(
        "L2103", "no rule or guardrail has the id `\(rule.value)`\(didYouMean(near))", at: rule.span,
        fix: near.map { .replace(rule.span, with: $0) }))
  }
  guard let name = test.upstream else { return found }
  guard let upstream = model[upstream: name.value] else {
    return found + [.unknownUpstream(name, known: model.upstreams.map(\.name))]
  }
  if let tool = test.tool, upstream.isLocked, upstream[tool: tool.value] == nil {
    found.append(.unknownTool(tool, known: upstream.tools.map(\.name), of: [upstream.name]))
  }
  return found
}

/// `; did you mean …?`, or nothing.
func didYouMean(_ name: String?) -> String { name.map { "; did you mean `\($0)`?" } ?? "" }

/// What there is, for messages: a few names, and how many more.
func list(_ names: [String], of what: String) -> String {
  let shown = inByteOrder(names, \.self).prefix(8).map { "`\($0)`" }.joined(separator: ", ")
  let more = names.count > 8 ? " and \(names.count - 8) more" : ""
  return switch names.count {
  case 0: "there is no \(what)"
  case 1: "the only \(what) is \(shown)"
  default: "the \(what)s are \(shown)\(more)"
  }
}

extension Diagnostic {
  fileprivate static func unknownUpstream(_ name: Spanned<String>, known: [String]) -> Diagnostic {
    let near = closest(to: name.value, among: known)
    let rest = near == nil ? "; \(list(known, of: "upstream"))" : didYouMean(near)
    return Diagnostic(
      "L2104", "no upstream is called `\(name.value)`\(rest)", at: name.span,
      fix: near.map { .replace(name.span, with: $0) })
  }

  fileprivate static func unknownTool(_ name: Spanned<String>, known: [String], of upstreams: [String]) -> Diagnostic {
    let near = closest(to: name.value, among: known)
    let owner =
      upstreams.count == 1 ? "upstream `\(upstreams[0])` has no tool" : "no upstream that the rule reaches has a tool"
    let own = known.filter { !$0.hasPrefix("@") }
    let rest = near == nil && upstreams.count == 1 ? "; \(list(own, of: "tool"))" : didYouMean(near)
    return Diagnostic(
      "L2101", "\(owner) `\(name.value)`\(rest)", at: name.span, fix: near.map { .replace(name.span, with: $0) },
      help: "names are those of latch.lock; after a change of the server run `latch sync`")
  }
}

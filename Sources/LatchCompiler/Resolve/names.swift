import LatchPolicy
import LatchSource

/// Every name that is used and that nothing has; silent where what could not be read may have it.
func namesThatNothingHas(in model: Model) -> [Diagnostic] {
  var lookup = NameLookup(model)
  var found: [Diagnostic] = []
  for rule in model.rules { found += lookup.names(of: rule) }
  for upstream in model.upstreams { found += lookup.toolSettings(of: upstream) }
  for test in model.tests { found += lookup.names(of: test) }
  return found
}

/// The names of a project, so arranged that one is found at once: rules and tests may be as many as upstreams.
private struct NameLookup {
  let model: Model
  private let upstreams: NameSet
  private let clients: NameSet
  private let rules: NameSet
  private let upstreamsInWords: String
  private var guesses = Guesses()

  init(_ model: Model) {
    self.model = model
    upstreams = NameSet(model.upstreams.map(\.name))
    clients = NameSet(model.clients)
    rules = NameSet(model.rules.map(\.id) + (model.settings.defaults.protectSelf ? [Guard.selfProtection] : []))
    upstreamsInWords = list(upstreams.names, of: "upstream")
  }

  /// Whether all upstreams and rules are known.
  private var knowsDefinitions: Bool { !model.unread.contains(.definitions) }

  private func knowsTools(of upstream: Upstream) -> Bool { upstream.isLocked && !model.unread.contains(.lock) }

  mutating func names(of rule: Rule) -> [Diagnostic] {
    var found: [Diagnostic] = []
    let namedUpstreams = NameSet(rule.declaration.upstreams)
    for pattern in rule.upstreams ?? [] where knowsDefinitions {
      found += unknownUpstream(pattern, besides: namedUpstreams)
    }
    let isKnown = found.isEmpty
    let namedClients = NameSet(rule.declaration.clients)
    for client in rule.declaration.clients ?? [] { found += unknownClient(client, besides: namedClients) }
    return isKnown ? found + unknownTools(of: rule) : found
  }

  private mutating func unknownUpstream(_ pattern: NamePattern, besides named: NameSet) -> [Diagnostic] {
    if pattern.isLiteral {
      return upstreams.contains(pattern.text.value) ? [] : [unknownUpstream(pattern.text, besides: named)]
    }
    guard !upstreams.names.contains(where: pattern.matches) else { return [] }
    let message = "no upstream's name matches `\(pattern.text.value)`; \(upstreamsInWords)"
    return [Diagnostic("L2104", message, at: pattern.text.span)]
  }

  private mutating func unknownUpstream(_ name: Spanned<String>, besides named: NameSet) -> Diagnostic {
    let near = closest(to: name, among: upstreams.names, besides: named)
    let rest = near == nil ? "; \(upstreamsInWords)" : didYouMean(near)
    return Diagnostic(
      "L2104", "no upstream is called `\(name.value)`\(rest)", at: name.span,
      fix: near.map { .replace(name.span, with: $0) })
  }

  private mutating func unknownClient(_ client: Spanned<String>, besides named: NameSet) -> [Diagnostic] {
    guard !model.unread.contains(.settings), !clients.contains(client.value) else { return [] }
    let near = closest(to: client, among: clients.names, besides: named)
    return [
      Diagnostic(
        "L2102", "no client is called `\(client.value)`\(didYouMean(near))", at: client.span,
        fix: near.map { .replace(client.span, with: $0) },
        help: "`latch clients` lists those known; name others in `clients:` of latch.yaml")
    ]
  }

  /// Tools are known only of upstreams that the lock has.
  private mutating func unknownTools(of rule: Rule) -> [Diagnostic] {
    guard model.knowsReach(of: rule) else { return [] }
    let named = NameSet(rule.declaration.tools)
    var found: [Diagnostic] = []
    for pattern in rule.tools ?? [] where pattern.isLiteral && !model.matchesTool(pattern, of: rule) {
      found.append(unknownTool(pattern.text, of: model.upstreams(of: rule), besides: named))
    }
    return found
  }

  mutating func toolSettings(of upstream: Upstream) -> [Diagnostic] {
    guard knowsTools(of: upstream) else { return [] }
    let names = upstream.declaration.tools.map(\.name)
    let named = NameSet(names)
    var found: [Diagnostic] = []
    for name in names where upstream[tool: name.value] == nil {
      found.append(unknownTool(name, of: [upstream], besides: named))
    }
    return found
  }

  mutating func names(of test: TestDeclaration) -> [Diagnostic] {
    var found: [Diagnostic] = []
    let alone = NameSet([])
    if let client = test.client { found += unknownClient(client, besides: alone) }
    if let rule = test.rule, knowsDefinitions, !rules.contains(rule.value) { found.append(unknownRule(rule)) }
    guard let name = test.upstream else { return found }
    guard let upstream = model[upstream: name.value] else {
      return knowsDefinitions ? found + [unknownUpstream(name, besides: alone)] : found
    }
    if let tool = test.tool, knowsTools(of: upstream), upstream[tool: tool.value] == nil {
      found.append(unknownTool(tool, of: [upstream], besides: alone))
    }
    return found
  }

  private mutating func unknownRule(_ rule: Spanned<String>) -> Diagnostic {
    let near = guesses.closest(to: rule.value, among: rules.names)
    return Diagnostic(
      "L2103", "no rule or guardrail has the id `\(rule.value)`\(didYouMean(near))", at: rule.span,
      fix: near.map { .replace(rule.span, with: $0) })
  }

  private mutating func unknownTool(
    _ name: Spanned<String>, of upstreams: [Upstream], besides named: NameSet
  ) -> Diagnostic {
    let known = guesses.isSpent ? [] : upstreams.flatMap { $0.tools.map(\.name) }
    let near = closest(to: name, among: known, besides: named)
    let owner =
      upstreams.count == 1
      ? "upstream `\(shortened(upstreams[0].name))` has no tool" : "no upstream that the rule reaches has a tool"
    return Diagnostic(
      "L2101", "\(owner) `\(name.value)`\(near == nil ? tools(of: upstreams) : didYouMean(near))", at: name.span,
      fix: near.map { .replace(name.span, with: $0) },
      help: "names are those of latch.lock; after a change of the server run `latch sync`")
  }

  /// What was probably meant, which is none of the names that stand beside it.
  private mutating func closest(to name: Spanned<String>, among names: [String], besides named: NameSet) -> String? {
    guesses.closest(to: name.value, among: names.lazy.filter { !named.contains($0) })
  }

  /// What there is where no name comes near: of a single upstream, and not after very many such names.
  private mutating func tools(of upstreams: [Upstream]) -> String {
    guard upstreams.count == 1, !guesses.isSpent else { return "" }
    guesses.spend(upstreams[0].tools.count)
    return "; \(list(upstreams[0].tools.map(\.name).filter { !$0.hasPrefix("@") }, of: "tool"))"
  }
}

/// Names in an order, and which they are.
private struct NameSet {
  let names: [String]
  private let bytes: Set<[UInt8]>

  init(_ names: [String]) {
    self.names = names
    bytes = Set(names.map { Array($0.utf8) })
  }

  init(_ names: [Spanned<String>]?) { self.init((names ?? []).map(\.value)) }

  func contains(_ name: String) -> Bool { bytes.contains(Array(name.utf8)) }
}

/// `; did you mean …?`, or nothing.
func didYouMean(_ name: String?) -> String { name.map { "; did you mean `\($0)`?" } ?? "" }

/// What there is, for messages: a few names, and how many more.
func list(_ names: [String], of what: String) -> String {
  let shown = firstInByteOrder(names, 8).map { "`\(shortened($0))`" }.joined(separator: ", ")
  let more = names.count > 8 ? " and \(names.count - 8) more" : ""
  return switch names.count {
  case 0: "there is no \(what)"
  case 1: "the only \(what) is \(shown)"
  default: "the \(what)s are \(shown)\(more)"
  }
}

/// The first few of the names in the order of their bytes, found in one walk.
private func firstInByteOrder(_ names: [String], _ count: Int) -> [String] {
  var first: [String] = []
  for name in names {
    let position = first.firstIndex { name.utf8.lexicographicallyPrecedes($0.utf8) } ?? first.count
    guard position < count else { continue }
    first.insert(name, at: position)
    if first.count > count { first.removeLast() }
  }
  return first
}

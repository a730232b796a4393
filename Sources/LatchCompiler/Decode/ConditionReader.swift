import LatchJSON
import LatchPolicy
import LatchSource

/// Reads `when:` and `unless:`: maps of argument paths to matchers, and lists of such maps.
struct ConditionReader {
  var found: [Diagnostic] = []

  /// Nil where nothing of the map can be read; what was wrong is in `found`, or the schemas said it.
  mutating func condition(_ node: Node) -> ConditionDeclaration? {
    guard node.kind == .object else { return nil }
    var parts: [ConditionDeclaration] = []
    for (key, value) in node.members {
      if let part = entry(key, value) { parts.append(part) }
    }
    return parts.count == 1 ? parts[0] : parts.isEmpty ? nil : .all(parts)
  }

  private mutating func entry(_ key: Spanned<String>, _ value: Node) -> ConditionDeclaration? {
    switch key.value {
    case "any_of": list(value).map(ConditionDeclaration.any)
    case "all_of": list(value).map(ConditionDeclaration.all)
    case "none_of": list(value).map(ConditionDeclaration.none)
    default: argument(key, value)
    }
  }

  private mutating func list(_ node: Node) -> [ConditionDeclaration]? {
    guard node.kind == .array else { return nil }
    var parts: [ConditionDeclaration] = []
    for element in node.elements {
      if let part = condition(element) { parts.append(part) }
    }
    return parts.isEmpty ? nil : parts
  }

  private mutating func argument(_ key: Spanned<String>, _ node: Node) -> ConditionDeclaration? {
    guard let path = path(key) else { return nil }
    switch node.kind {
    case .object: return matchers(node, of: path)
    case .array: return equality(node.elements, at: node.span, of: path)
    default: return equality([node], at: node.span, of: path)
    }
  }

  private mutating func path(_ key: Spanned<String>) -> Spanned<ArgumentPath>? {
    if key.value == "**" || key.value.hasPrefix("**.") || key.value.hasSuffix(".**") {
      found.append(.comesLater("the path `**`", instead: "name the argument", at: key.span))
      return nil
    }
    do {
      return Spanned(try readArgumentPath(key.value), key.span)
    } catch {
      found.append(.badArgumentPath(key, error))
      return nil
    }
  }

  private mutating func matchers(_ node: Node, of path: Spanned<ArgumentPath>) -> ConditionDeclaration? {
    var parts: [ConditionDeclaration] = []
    for (key, value) in node.members {
      switch key.value {
      case "equals": if let part = equality([value], at: value.span, of: path) { parts.append(part) }
      case "in": if let part = equality(value.elements, at: value.span, of: path) { parts.append(part) }
      case "glob": if let part = globs(value, of: path) { parts.append(part) }
      case let name where laterMatchers.contains(name):
        found.append(.comesLater("the matcher `\(name)`", instead: "use `equals`, `in` or `glob`", at: key.span))
      default: break
      }
    }
    return parts.count == 1 ? parts[0] : parts.isEmpty ? nil : .all(parts)
  }

  private mutating func equality(
    _ nodes: [Node], at span: Span, of path: Spanned<ArgumentPath>
  ) -> ConditionDeclaration? {
    var values: [Spanned<JSONValue>] = []
    for node in nodes {
      if node.kind == .string {
        guard let text = literal(node) else { continue }
        values.append(Spanned(.string(text.value), node.span))
      } else {
        values.append(Spanned(node.tree.document.value(at: node.index), node.span))
      }
    }
    return values.isEmpty ? nil : .test(ArgumentTest(path: path, matcher: Spanned(.equals(values), span)))
  }

  private mutating func globs(_ node: Node, of path: Spanned<ArgumentPath>) -> ConditionDeclaration? {
    var tests: [ConditionDeclaration] = []
    for element in node.kind == .array ? node.elements : [node] {
      guard let text = literal(element) else { continue }
      tests.append(.test(ArgumentTest(path: path, matcher: Spanned(.glob(text.value), text.span))))
    }
    return tests.count == 1 ? tests[0] : tests.isEmpty ? nil : .any(tests)
  }

  /// The text that a matcher compares with: `$$` begins a literal `$`; other words after a `$` come later.
  private mutating func literal(_ node: Node) -> Spanned<String>? {
    guard let text = node.string else { return nil }
    guard text.value.hasPrefix("$") else { return text }
    if text.value.hasPrefix("$$") { return Spanned(String(text.value.dropFirst()), text.span) }
    let what = text.value.hasPrefix("${") ? "`${…}` in a matcher" : "the named list `\(text.value)`"
    found.append(.comesLater(what, instead: "for a literal `$` write `$$`", at: text.span))
    return nil
  }
}

private let laterMatchers: Set<String> = [
  "regex", "prefix", "suffix", "contains", "within", "path_glob", "host", "scheme", "port", "url_path", "ip_in",
  "email_domain", "min", "max", "above", "below", "length", "type", "present", "any", "all", "not", "fields",
]

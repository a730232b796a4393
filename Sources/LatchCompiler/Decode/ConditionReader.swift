import LatchJSON
import LatchPolicy
import LatchSource

/// Reads `when:` and `unless:`: maps of argument paths to matchers, and lists of such maps.
struct ConditionReader {
  var found: [Diagnostic] = []

  /// Nil where nothing of the map can be read; what was wrong is in `found`, or the schemas said it.
  mutating func condition(_ node: Node) -> ConditionDeclaration? { condition(node, below: nil) }

  /// `base`: the path that the map's paths start at; nil at the top, where `**` can stand.
  mutating func condition(_ node: Node, below base: ArgumentPath?) -> ConditionDeclaration? {
    guard node.kind == .object else { return nil }
    var parts: [ConditionDeclaration] = []
    for (key, value) in node.members {
      if let part = entry(key, value, below: base) { parts.append(part) }
    }
    return ConditionDeclaration(allOf: parts)
  }

  private mutating func entry(
    _ key: Spanned<String>, _ value: Node, below base: ArgumentPath?
  ) -> ConditionDeclaration? {
    switch key.value {
    case "any_of": list(value, below: base).map(ConditionDeclaration.any)
    case "all_of": list(value, below: base).map(ConditionDeclaration.all)
    case "none_of": list(value, below: base).map(ConditionDeclaration.none)
    case "**" where base == nil: anywhere(value, at: key.span)
    default: path(key, below: base).flatMap { matcher(value, of: $0) }
    }
  }

  private mutating func list(_ node: Node, below base: ArgumentPath?) -> [ConditionDeclaration]? {
    guard node.kind == .array else { return nil }
    var parts: [ConditionDeclaration] = []
    for element in node.elements {
      if let part = condition(element, below: base) { parts.append(part) }
    }
    return parts.isEmpty ? nil : parts
  }

  private mutating func path(_ key: Spanned<String>, below base: ArgumentPath?) -> Spanned<ArgumentPath>? {
    do {
      let path = try readArgumentPath(key.value)
      return Spanned(ArgumentPath((base?.steps ?? []) + path.steps), key.span)
    } catch {
      found.append(.badArgumentPath(key, error))
      return nil
    }
  }
}

extension ConditionDeclaration {
  /// nil: nothing to hold.
  init?(allOf parts: [ConditionDeclaration]) {
    guard let first = parts.first else { return nil }
    self = parts.count == 1 ? first : .all(parts)
  }
}

extension Diagnostic {
  fileprivate static func badArgumentPath(_ key: Spanned<String>, _ error: ArgumentPathError) -> Diagnostic {
    Diagnostic(
      "L1011", "`\(key.value)` is not an argument path: \(error.message) (at character \(error.offset + 1))",
      at: key.span,
      help: "a path is names with `.` between them and `[0]` for elements: `options.paths[0]`; `**` stands only by "
        + "itself, at the top of a condition")
  }
}

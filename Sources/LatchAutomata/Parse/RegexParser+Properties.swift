extension RegexParser {
  /// What follows `\p` or `\P`.
  mutating func property(isNegated: Bool) throws(PatternError) -> ScalarSet {
    let start = reader.index - 2
    var isNegated = isNegated
    let name: String
    if reader.take("{") {
      if dialect == .re2, reader.take("^") { isNegated.toggle() }
      name = reader.takeText { $0.isASCIIWord || $0 == "=" }
      guard reader.take("}") else { throw reader.error("`\\p{` is not closed", at: start) }
    } else {
      guard dialect == .re2, let letter = reader.takeScalar() else {
        throw reader.error("`\\p` needs a property in braces", at: start)
      }
      name = String(letter)
    }
    let set = try property(name, start)
    return isNegated ? set.complement : set
  }

  private mutating func property(_ name: String, _ start: Int) throws(PatternError) -> ScalarSet {
    let key = flags.foldsCase ? "i:" + name : name
    if let known = properties[key] { return known }
    guard let set = dialect == .re2 ? Self.re2Property(name) : Self.ecmaProperty(name) else {
      throw reader.error("unknown character property `\(name)`", at: start)
    }
    properties[key] = folded(set)
    return folded(set)
  }

  /// RE2 knows categories by their short names, scripts by their long ones, and `Any`. What is not assigned has no
  /// category.
  private static func re2Property(_ name: String) -> ScalarSet? {
    if name == "Any" { return .all }
    if name == "C" {
      return ["Cc", "Cf", "Co", "Cs"].compactMap { ScalarSet(category: $0) }.reduce(.none) { $0.union($1) }
    }
    if name.utf8.count <= 2, name != "LC", name != "Cn", let set = ScalarSet(category: name) { return set }
    let scripts = PropertyNames.scriptLongNames.filter { $0 != "Unknown" && $0 != "Katakana_Or_Hiragana" }
    return scripts.contains { $0.isSameText(as: name) } ? ScalarSet(script: name) : nil
  }

  private static func ecmaProperty(_ text: String) -> ScalarSet? {
    let parts = text.split(separator: "=", omittingEmptySubsequences: false)
    guard parts.count == 2 else {
      return parts.count == 1 ? ScalarSet(category: text) ?? ScalarSet(binaryProperty: text) : nil
    }
    switch parts[0] {
    case "General_Category", "gc": return ScalarSet(category: parts[1])
    case "Script", "sc": return ScalarSet(script: parts[1])
    case "Script_Extensions", "scx": return ScalarSet(script: parts[1], extended: true)
    default: return nil
    }
  }
}

import LatchTestSupport

/// Prints a tree in one of the many ways to write it: keys in any order, block or flow, quoted so or so.
struct YAMLPrinter {
  private var dice: Dice

  init(seed: UInt64) { dice = Dice(seed: seed) }

  mutating func text(of yaml: YAML) -> String { lines(of: yaml).joined(separator: "\n") + "\n" }

  // MARK: Block style

  private mutating func lines(of yaml: YAML) -> [String] {
    switch yaml {
    case .map(let members) where !members.isEmpty:
      return members.shuffled(using: &dice).flatMap { lines(under: "\(scalar($0.key)):", $0.value) }
    case .list(let elements) where !elements.isEmpty: return elements.flatMap { lines(ofElement: $0) }
    default: return [flow(yaml)]
    }
  }

  private mutating func lines(under key: String, _ value: YAML) -> [String] {
    guard value.hasParts, !dice.one(in: 3) else { return ["\(key) \(flow(value))"] }
    return [key] + lines(of: value).map { "  \($0)" }
  }

  private mutating func lines(ofElement element: YAML) -> [String] {
    guard element.hasParts, !dice.one(in: 3) else { return ["- \(flow(element))"] }
    let lines = lines(of: element)
    return ["- \(lines[0])"] + lines.dropFirst().map { "  \($0)" }
  }

  // MARK: Flow style

  private mutating func flow(_ yaml: YAML) -> String {
    switch yaml {
    case .text(let text): return scalar(text)
    case .word(let word): return word
    case .list(let elements):
      var parts: [String] = []
      for element in elements { parts.append(flow(element)) }
      return "[\(parts.joined(separator: ", "))]"
    case .map(let members):
      var parts: [String] = []
      for member in members.shuffled(using: &dice) { parts.append("\(scalar(member.key)): \(flow(member.value))") }
      return "{ \(parts.joined(separator: ", ")) }"
    }
  }

  private mutating func scalar(_ text: String) -> String {
    if Self.isPlain(text), !dice.one(in: 4) { return text }
    let isPrintable = text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value < 0x7F }
    if isPrintable, dice.one(in: 2) {
      return "'\(text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''"))'"
    }
    return "\"\(text.unicodeScalars.map(Self.escaped).joined())\""
  }

  private static func isPlain(_ text: String) -> Bool {
    let isWord = text.utf8.allSatisfy { (0x61...0x7A).contains($0) || $0 == 0x5F || $0 == 0x2D }
    return isWord && text.utf8.first.map { $0 >= 0x61 } == true
      && !["null", "true", "false", "yes", "no", "on", "off", "y", "n"].contains(text)
  }

  private static func escaped(_ scalar: Unicode.Scalar) -> String {
    switch scalar.value {
    case 0x22, 0x5C: "\\\(scalar)"
    case 0..<0x20, 0x7F..<0xA1, 0x300..<0x370:
      "\\U" + String(repeating: "0", count: 8 - String(scalar.value, radix: 16).count) + String(scalar.value, radix: 16)
    default: "\(scalar)"
    }
  }
}

extension YAML {
  fileprivate var hasParts: Bool {
    switch self {
    case .map(let members): !members.isEmpty
    case .list(let elements): !elements.isEmpty
    default: false
    }
  }
}

import LatchCompiler
import LatchPolicy
import LatchTestSupport
import Testing

/// A policy in pieces, so that a test can change it by hand as a mutant is said to be changed.
struct Draft {
  struct Entry {
    var path: String
    var matcher: String
  }

  struct Rule {
    var id: String
    var isGuardrail: Bool
    var effect: Effect
    var scope: [String]
    var when: [Entry]
    var unless: [Entry]
  }

  var defaults: Effect
  var rules: [Rule]

  /// The policy as YAML, a line each entry, and the number of the line on which each begins.
  private var lines: (text: [String], numbers: [String: Int]) {
    var text = head.split(separator: "\n").map(String.init) + ["defaults: { effect: \(defaults.rawValue) }"]
    var numbers: [String: Int] = [:]
    for (key, isGuardrail) in [("guardrails", true), ("rules", false)] {
      let rules = rules.filter { $0.isGuardrail == isGuardrail }
      if !rules.isEmpty { text.append("\(key):") }
      for rule in rules {
        text.append("  - id: \(rule.id)")
        text += (["effect: \(rule.effect.rawValue)"] + rule.scope).map { "    \($0)" }
        for (name, entries) in [("when", rule.when), ("unless", rule.unless)] where !entries.isEmpty {
          text.append("    \(name):")
          for entry in entries {
            text.append("      \(entry.path): \(entry.matcher)")
            numbers["\(rule.id) \(name) \(entry.path)"] = text.count
          }
        }
      }
    }
    return (text, numbers)
  }

  var yaml: String { lines.text.joined(separator: "\n") + "\n" }

  /// The policy changed by hand.
  func changed(as mutant: Mutant) throws -> Draft {
    var draft = self
    let numbers = lines.numbers
    let line = try #require(mutant.place?.split(separator: ":").dropFirst().first.flatMap { Int($0) })
    let position = try #require(rules.firstIndex { $0.id == mutant.rule })
    let isChanged = { (name: String, entry: Entry) in numbers["\(mutant.rule) \(name) \(entry.path)"] == line }
    switch mutant.kind {
    case .dropRule: draft.rules.remove(at: position)
    case .changeEffect:
      let name = try #require(mutant.change.split(separator: "`").last)
      draft.rules[position].effect = try #require(Effect(rawValue: String(name)))
    case .dropWhen: draft.rules[position].when = []
    case .dropUnless: draft.rules[position].unless = []
    case .dropEntry: draft.rules[position].when.removeAll { isChanged("when", $0) }
    case .negateMatcher:
      let negated = { (name: String, entry: Entry) in
        isChanged(name, entry) ? Entry(path: entry.path, matcher: "{ not: \(entry.matcher) }") : entry
      }
      draft.rules[position].when = rules[position].when.map { negated("when", $0) }
      draft.rules[position].unless = rules[position].unless.map { negated("unless", $0) }
    }
    return draft
  }
}

extension Draft {
  static func random(using dice: inout Dice) -> Draft {
    let count = Int.random(in: 1...5, using: &dice)
    return Draft(
      defaults: pick([.allow, .deny, .requireApproval], &dice),
      rules: (0..<count).map { rule(number: $0, using: &dice) })
  }

  private static func rule(number: Int, using dice: inout Dice) -> Rule {
    let isGuardrail = Int.random(in: 0..<4, using: &dice) == 0
    let scopes = [[], ["tool: write_file"], ["tool: \"*_file\""], ["class: [read, write]"], ["client: cursor"]]
    return Rule(
      id: "r-\(number)", isGuardrail: isGuardrail,
      effect: pick(isGuardrail ? [.deny, .requireApproval] : [.allow, .allow, .deny, .requireApproval], &dice),
      scope: pick(scopes, &dice), when: entries(upTo: 3, using: &dice), unless: entries(upTo: 1, using: &dice))
  }

  private static func entries(upTo most: Int, using dice: inout Dice) -> [Entry] {
    let matchers = [
      "x", "[x, 1]", "{ prefix: x }", "{ glob: \"*y\" }", "{ length: { min: 2 } }", "{ present: true }", "{ min: 2 }",
      "{ type: string }", "{ regex: \"^[xy]+$\" }", "{ within: /x }", "{ not: x }",
    ]
    return ["a", "b", "c"].shuffled(using: &dice).prefix(Int.random(in: 0...most, using: &dice)).map {
      Entry(path: $0, matcher: pick(matchers, &dice))
    }
  }
}

func pick<Element>(_ elements: [Element], _ dice: inout Dice) -> Element {
  elements[Int.random(in: elements.indices, using: &dice)]
}

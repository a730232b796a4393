import LatchJSON
import LatchSource

/// A value of a policy file by its JSON pointer, as messages name it: rule `x`, upstream `git`, `effect`.
struct InstancePlace {
  let names: EntryNames
  let tokens: [String]

  init(_ pointer: String, _ names: EntryNames) {
    self.names = names
    tokens = pointerTokens(pointer)
  }

  /// The nearest key around the value, in backticks; `the file` for all of it.
  var key: String {
    guard let key = tokens.last(where: { Int($0) == nil }) else { return "the file" }
    return isEntry ? entry : "`\(key)`"
  }

  /// The rule, upstream or section that the value stands in or is.
  var entry: String {
    switch (tokens.first, tokens.count) {
    case (nil, _): return "the file"
    case ("upstreams", 2...): return inUpstream
    case ("rules", 2...): return element("rule")
    case ("guardrails", 2...): return element("guardrail")
    case ("tests", 2...): return element("test")
    case (let section?, _): return "`\(section)`"
    }
  }

  /// Which element of a list the value is, counted from 1; nil for what has a name of its own.
  var elementNumber: Int? { isEntry || tokens.count < 2 ? nil : tokens.last.flatMap { Int($0) }.map { $0 + 1 } }

  /// Whether the value is itself a rule, an upstream, a tool or a test.
  private var isEntry: Bool {
    switch tokens.first {
    case "upstreams": tokens.count == 2 || (tokens.count == 4 && tokens[2] == "tools")
    case "rules", "guardrails", "tests": tokens.count == 2
    default: false
    }
  }

  private var inUpstream: String {
    guard tokens.count > 3, tokens[2] == "tools" else { return "upstream `\(tokens[1])`" }
    return "tool `\(tokens[3])` of upstream `\(tokens[1])`"
  }

  private func element(_ what: String) -> String { Int(tokens[1]).flatMap { names[tokens[0], $0] } ?? what }
}

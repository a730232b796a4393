import LatchPolicy
import LatchSource

extension Check {
  /// A path or an address has many spellings; what compares its text sees one of them.
  static let textsAreReadSafely = Check(
    "L3116", summary: "paths and URLs are read as such, not compared as texts"
  ) { model in
    model.typed.rules.filter(\.rule.declaration.isWhole).flatMap { rule in
      rule.conjunctions.flatMap { conjunction in
        let read = Set(conjunction.wanted.filter(\.readsLocation).map(\.place))
        return conjunction.tests.filter { $0.hasPlace && !read.contains($0.place) }.compactMap {
          careless($0, of: rule, in: model)
        }
      }
    }
  }
}

extension TypedTest {
  /// Whether it reads a path or a URL strictly, so that what stands beside it sees one spelling only.
  fileprivate var readsLocation: Bool {
    switch matcher.value {
    case .port, .addresses: true
    case .text(let demands): demands.contains { !$0.kind.readsBytes && $0.kind != .domain }
    default: false
    }
  }
}

private func careless(_ test: TypedTest, of rule: TypedRule, in model: Model) -> Diagnostic? {
  guard let meaning = meaning(of: test, rule, in: model) else { return nil }
  switch test.matcher.value {
  case .text(let demands):
    guard let demand = demands.first, demands.allSatisfy(\.kind.readsBytes),
      !PreparedMatcher(test, model.patterns).texts.isEmpty
    else { return nil }
    return .rawText(test, meaning, SaferMatcher(demand, of: test, meaning, in: model))
  case .equals(let operands):
    // Another spelling of what is allowed is refused, so only what is denied can get by.
    guard meaning == .path, test.isDenying, operands.allSatisfy({ $0.text.map(isPath) ?? false }) else { return nil }
    return .rawPath(test, operands, in: model)
  default: return nil
  }
}

/// What the argument names for the tools that have it; nil where it is one of a few values.
private func meaning(of test: TypedTest, _ rule: TypedRule, in model: Model) -> ArgumentMeaning? {
  guard let name = test.route.noun else { return nil }
  let holders = model.typed.held(test, by: rule.tools)
  if holders.isEmpty { return ArgumentMeaning(name: name, formats: []) }
  let many = holders.filter { $0.values.types.contains(.string) && $0.values.few[.string] == nil }
  return many.lazy.compactMap { ArgumentMeaning(name: name, formats: $0.values.formats) }.first
}

private func isPath(_ text: String) -> Bool { text.utf8.count > 1 && CleanPath.problem(text) == nil }

extension Diagnostic {
  fileprivate static func rawText(_ test: TypedTest, _ meaning: ArgumentMeaning, _ safer: SaferMatcher) -> Diagnostic {
    let message =
      switch meaning {
      case .path:
        "\(test.matcher.value.name) compares the text of \(test.route.inWords), and a path can be spelled in many ways "
          + "(`..`, `//`, links); use `within` or `path_glob`, which read it"
      case .url:
        "\(test.matcher.value.name) compares the text of \(test.route.inWords), and a URL can be spelled in many ways "
          + "(`https://known.example@evil.example`); use `host`, `scheme` or `url_path`, which read it"
      }
    return Diagnostic("L3116", .warning, message, at: test.matcher.span, fix: safer.fix, help: safer.help)
  }

  fileprivate static func rawPath(_ test: TypedTest, _ operands: [Spanned<Operand>], in model: Model) -> Diagnostic {
    let shown = operands.first?.text ?? ""
    return Diagnostic(
      "L3116", .warning,
      "`equals` compares the text of \(test.route.inWords): `\(shown)/.` is another text, and gets by; use `within`",
      at: test.matcher.span, fix: SaferMatcher.within(test, in: model))
  }
}

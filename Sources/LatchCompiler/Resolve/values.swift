import LatchJSON
import LatchPolicy
import LatchSource

/// Puts the elements of the lists of `values:` in the places that name them.
struct ValuesTable {
  private var lists: [[UInt8]: ValuesDeclaration] = [:]
  private let names: [String]
  /// False where a part of the project could not be read, so that a list may be missing through no fault of its user.
  private let isComplete: Bool
  private(set) var found: [Diagnostic] = []
  /// How many names of lists may be those of lists that could not be read.
  private var awaited = 0
  private var guesses = Guesses()
  private lazy var namesInWords = list(names, of: "list")

  init(_ declarations: [ValuesDeclaration], isComplete: Bool) {
    for declaration in declarations where lists[Array(declaration.name.value.utf8)] == nil {
      lists[Array(declaration.name.value.utf8)] = declaration
    }
    names = declarations.map(\.name.value)
    self.isComplete = isComplete
  }

  /// The rule with nothing left to look up; not whole where a list is not there.
  mutating func filled(_ rule: RuleDeclaration) -> RuleDeclaration {
    var rule = rule
    let before = (found: found.count, awaited: awaited)
    rule.when = rule.when.map { filled($0) }
    rule.unless = rule.unless.map { filled($0) }
    rule.awaitsValues = rule.isWhole && found.count == before.found && awaited > before.awaited
    if found.count > before.found || rule.awaitsValues { rule.isWhole = false }
    return rule
  }

  private mutating func filled(_ condition: ConditionDeclaration) -> ConditionDeclaration {
    switch condition {
    case .all(let parts): return .all(filled(parts))
    case .any(let parts): return .any(filled(parts))
    case .none(let parts): return .none(filled(parts))
    case .test(var test):
      test.matcher = Spanned(filled(test.matcher.value), test.matcher.span)
      return .test(test)
    }
  }

  private mutating func filled(_ parts: [ConditionDeclaration]) -> [ConditionDeclaration] {
    var result: [ConditionDeclaration] = []
    for part in parts { result.append(filled(part)) }
    return result
  }

  private mutating func filled(_ matcher: MatcherDeclaration) -> MatcherDeclaration {
    switch matcher {
    case .equals(let operands): return .equals(filled(operands))
    case .port(let operands): return .port(filled(operands))
    case .addresses(let operands): return .addresses(filled(operands))
    case .elements(let quantifier, let condition): return .elements(quantifier, filled(condition))
    case .text(let demands):
      var result: [TextDemand] = []
      for demand in demands {
        var demand = demand
        demand.operands = filled(demand.operands, forPath: demand.kind.readsPath)
        result.append(demand)
      }
      return .text(result)
    case .bound, .length, .type, .present, .object: return matcher
    }
  }

  private mutating func filled(_ operands: [Spanned<Operand>], forPath: Bool = false) -> [Spanned<Operand>] {
    var result: [Spanned<Operand>] = []
    for operand in operands {
      if case .list(let name) = operand.value {
        result += elements(of: Spanned(name, operand.span), forPath: forPath)
      } else {
        result.append(operand)
      }
    }
    return result
  }

  private mutating func elements(of name: Spanned<String>, forPath: Bool) -> [Spanned<Operand>] {
    guard let list = lists[Array(name.value.utf8)] else {
      if isComplete { found.append(unknown(name)) } else { awaited += 1 }
      return []
    }
    var result: [Spanned<Operand>] = []
    for element in list.elements {
      switch readOperand(element, forPath: forPath, found: &found) {
      case nil: continue
      case .list(let inner): found.append(.listInList(Spanned(inner, element.span)))
      case let operand?: result.append(Spanned(operand, element.span))
      }
    }
    return result
  }

  private mutating func unknown(_ name: Spanned<String>) -> Diagnostic {
    let near = guesses.closest(to: name.value, among: names)
    let rest = near == nil ? "; \(namesInWords)" : didYouMean(near)
    return Diagnostic(
      "L2105", "no list of `values:` is called `\(name.value)`\(rest)", at: name.span,
      fix: near.map { .replace(name.span, with: "$\($0)") }, help: "for a literal `$` write `$$`")
  }
}

extension Diagnostic {
  fileprivate static func listInList(_ name: Spanned<String>) -> Diagnostic {
    Diagnostic(
      "L2106", "a list of `values:` holds values, not another list; for a literal `$` write `$$\(name.value)`",
      at: name.span, fix: .replace(name.span, with: "'$$\(name.value)'"))
  }
}

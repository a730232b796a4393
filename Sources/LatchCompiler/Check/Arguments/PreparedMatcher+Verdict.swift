import LatchAutomata
import LatchJSON
import LatchPolicy
import LatchSource

/// What can be said of a condition for all values that a schema takes.
enum Verdict { case never, always, open }

extension PreparedMatcher {
  func verdict(on values: PossibleValues) -> Verdict {
    let read = values.types.intersection(readable)
    guard !read.isEmpty else { return .never }
    let readsAll = read == values.types
    if let all = values.all(of: read) { return verdict(on: all, readsAll: readsAll) }
    return switch self.verdict(onMany: values, read) {
    case .always: readsAll ? .always : .open
    case let other: other
    }
  }

  private func verdict(on few: [JSONValue], readsAll: Bool) -> Verdict {
    let answers = few.map(holds)
    if answers.allSatisfy({ $0 == false }) { return .never }
    return readsAll && answers.allSatisfy { $0 == true } ? .always : .open
  }

  private func verdict(onMany values: PossibleValues, _ read: ValueTypes) -> Verdict {
    switch matcher {
    case .text: verdictOfTexts
    case .bound(let bound, let lexeme):
      NumberRange(bound, lexeme).map { verdict(of: $0, on: values.numbers) } ?? .open
    case .length(let least, let most):
      verdict(of: CountRange(least: least, greatest: most), on: ValueTypes.each.filter(read.contains).map(values.count))
    case .type(let types): verdict(of: types, on: values)
    case .equals(let operands):
      operands.contains { $0.value.literal.map(values.admits) ?? true } ? .open : .never
    case .port, .addresses, .present, .object, .elements: .open
    }
  }

  private var verdictOfTexts: Verdict {
    texts.contains { $0.pattern.kind.readsBytes && $0.automaton.isUniversal } ? .always : .open
  }

  private func verdict(of wanted: NumberRange, on possible: NumberRange) -> Verdict {
    if wanted.intersection(possible).isEmpty { return .never }
    return possible.isInside(wanted) ? .always : .open
  }

  private func verdict(of wanted: CountRange, on possible: [CountRange]) -> Verdict {
    if possible.allSatisfy({ wanted.intersection($0).isEmpty }) { return .never }
    return possible.allSatisfy { $0.isInside(wanted) } ? .always : .open
  }

  private func verdict(of wanted: [JSONType], on values: PossibleValues) -> Verdict {
    let types = ValueTypes(wanted)
    if types.isDisjoint(with: values.types) { return .never }
    let takesFractions = wanted.contains(.number) || values.numbers.isWhole || !values.types.contains(.number)
    return types.isSuperset(of: values.types) && takesFractions ? .always : .open
  }
}

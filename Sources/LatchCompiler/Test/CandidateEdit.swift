import LatchPolicy

/// A change of what decides about a tool.
enum CandidateEdit: Sendable {
  case drop
  case setEffect(Effect)
  case dropWhen
  /// A part of a `when` that has several: the way to it through parts that all hold.
  case dropEntry([Int])
  case dropUnless
  case negate(AtomTarget)
}

/// A matcher inside a rule's conditions.
struct AtomTarget: Sendable {
  /// Of the atoms of `when` and then `unless`.
  var leaves: Range<Int>
  /// The way to an atom inside `any` and `all`: at each step which atom of the condition of elements.
  var inner: [Int] = []
}

extension Candidate {
  /// The candidate as the change leaves it; nil where it is gone. New atoms are added at the end.
  func applying(_ edit: CandidateEdit, asking atoms: inout [Atom]) -> Candidate? {
    var candidate = self
    switch edit {
    case .drop: return nil
    case .setEffect(let effect): candidate.effect = effect
    case .dropWhen: candidate.when = nil
    case .dropUnless: candidate.unless = nil
    case .dropEntry(let steps): candidate.when = when?.dropping(steps[...])
    case .negate(let target):
      var leaf = 0
      candidate.when = when?.negating(target, from: &leaf, asking: &atoms)
      candidate.unless = unless?.negating(target, from: &leaf, asking: &atoms)
    }
    candidate.specificity.condition = candidate.isConditional ? 1 : 0
    return candidate
  }
}

extension Condition {
  fileprivate func dropping(_ steps: ArraySlice<Int>) -> Condition {
    guard case .all(var parts) = self, let step = steps.first, parts.indices.contains(step) else { return self }
    if steps.count > 1 { parts[step] = parts[step].dropping(steps.dropFirst()) } else { parts.remove(at: step) }
    return .all(parts)
  }

  /// `leaf`: the number of the condition's first atom; afterwards of the one that follows it.
  fileprivate func negating(_ target: AtomTarget, from leaf: inout Int, asking atoms: inout [Atom]) -> Condition {
    let leaves = leaf..<(leaf + self.atoms.count)
    if leaves == target.leaves, target.inner.isEmpty {
      leaf = leaves.upperBound
      return .none([self])
    }
    switch self {
    case .atom(let number):
      leaf = leaves.upperBound
      return leaves == target.leaves ? .atom(atoms.negating(target.inner, inside: number)) : self
    case .all(let parts): return .all(parts.map { $0.negating(target, from: &leaf, asking: &atoms) })
    case .any(let parts): return .any(parts.map { $0.negating(target, from: &leaf, asking: &atoms) })
    case .none(let parts): return .none(parts.map { $0.negating(target, from: &leaf, asking: &atoms) })
    }
  }
}

extension [Atom] {
  /// The number of a new atom that asks its elements as the old one does, but for one matcher.
  fileprivate mutating func negating(_ steps: [Int], inside number: Int) -> Int {
    guard let step = steps.first, case .elements(let quantifier, let condition) = self[number].matcher else {
      return number
    }
    var leaf = 0
    let target = AtomTarget(leaves: step..<(step + 1), inner: [Int](steps.dropFirst()))
    var atom = self[number]
    atom.matcher = .elements(quantifier, condition.negating(target, from: &leaf, asking: &self))
    append(atom)
    return count - 1
  }
}

import LatchPolicy

extension RuleOutline {
  /// Every change of the rule that can show in a decision.
  var mutants: [Mutant] {
    guard let candidate else { return [] }
    let effects = effects(insteadOf: candidate.effect)
    // Within its limit such a guardrail says nothing, whatever it asks.
    return candidate.onlySetsBound ? effects : [dropped] + effects + withFewerConditions + negated
  }

  private func mutant(_ kind: Mutant.Kind, _ change: String, at place: String? = nil, _ edit: CandidateEdit) -> Mutant {
    Mutant(
      kind: kind, rule: id, isGuardrail: isGuardrail, place: place ?? self.place, change: change, number: rule,
      edit: edit)
  }

  private var dropped: Mutant { mutant(.dropRule, "left out", .drop) }

  private func effects(insteadOf effect: Effect) -> [Mutant] {
    let others: [Effect] =
      switch effect {
      case .allow: [.deny]
      case .deny: [isGuardrail ? .requireApproval : .allow]
      case .requireApproval: isGuardrail ? [.deny] : [.allow, .deny]
      }
    return others.map { mutant(.changeEffect, "`\(effect.rawValue)` changed to `\($0.rawValue)`", .setEffect($0)) }
  }

  // MARK: Conditions

  private var withFewerConditions: [Mutant] {
    let entries = candidate?.when.map { self.entries(of: $0, from: 0) } ?? []
    let when = candidate?.when.map { $0.atoms.count } ?? 0
    let unless = candidate?.unless.map { $0.atoms.count } ?? 0
    let inOrder = entries.sorted { position(of: $0.leaves) < position(of: $1.leaves) }
    var mutants = inOrder.compactMap { steps, leaves in
      text(of: leaves).map { mutant(.dropEntry, "\($0) left out of `when`", at: place(of: leaves), .dropEntry(steps)) }
    }
    if entries.isEmpty, when > 0 {
      mutants.append(mutant(.dropWhen, "`when` left out", at: place(of: 0..<when), .dropWhen))
    }
    if unless > 0 {
      mutants.append(mutant(.dropUnless, "`unless` left out", at: place(of: when..<(when + unless)), .dropUnless))
    }
    return mutants
  }

  /// Every part of a condition that has several which all hold, with the way to it and its leaves; nothing of another.
  private func entries(of condition: Condition, from leaf: Int) -> [(steps: [Int], leaves: Range<Int>)] {
    guard case .all(let parts) = condition, parts.count > 1 else { return [] }
    var start = leaf
    var entries: [(steps: [Int], leaves: Range<Int>)] = []
    for (position, part) in parts.enumerated() {
      let inner = self.entries(of: part, from: start)
      let leaves = start..<(start + part.atoms.count)
      entries += inner.isEmpty ? [([position], leaves)] : inner.map { ([position] + $0.steps, $0.leaves) }
      start = leaves.upperBound
    }
    return entries
  }

  private var negated: [Mutant] {
    matchers.flatMap { matcher -> [Mutant] in
      let whole = mutant(
        .negateMatcher, "`\(matcher.text)` negated", at: matcher.place, .negate(AtomTarget(leaves: matcher.leaves)))
      return [whole]
        + inner(of: matcher).map { name, steps in
          mutant(
            .negateMatcher, "`\(name)` inside `\(matcher.text)` negated", at: matcher.place,
            .negate(AtomTarget(leaves: matcher.leaves, inner: steps)))
        }
    }
  }

  /// The matchers inside `any` and `all`, each with the way to it.
  private func inner(of matcher: OutlinedMatcher) -> [(name: String, steps: [Int])] {
    let leaves = [candidate?.when, candidate?.unless].compactMap(\.self).flatMap(\.atoms)
    return inner(of: atoms[leaves[matcher.leaves.lowerBound]])
  }

  private func inner(of atom: Atom) -> [(name: String, steps: [Int])] {
    guard case .elements(_, let condition) = atom.matcher else { return [] }
    return condition.atoms.enumerated().flatMap { position, number in
      let inner = atoms[number]
      if case .object = inner.matcher { return [(name: String, steps: [Int])]() }
      let name = OutlinedMatcher.text(inner)
      return [(name, [position])] + self.inner(of: inner).map { ($0.name, [position] + $0.steps) }
    }
  }

  // MARK: Words

  private func matchers(in leaves: Range<Int>) -> [OutlinedMatcher] { matchers.filter { leaves.overlaps($0.leaves) } }

  /// nil where nothing is left out but that there is an object.
  private func text(of leaves: Range<Int>) -> String? {
    let matchers = matchers(in: leaves)
    return matchers.isEmpty ? nil : matchers.map { "`\($0.text)`" }.joined(separator: ", ")
  }

  private func place(of leaves: Range<Int>) -> String? { matchers(in: leaves).first?.place }

  private func position(of leaves: Range<Int>) -> (Int, Int) { matchers(in: leaves).first?.position ?? (0, 0) }
}

/// What a stage gives back: a value, and everything it found.
///
/// A stage gives a value whenever the next one can find more mistakes with it, so a value beside errors is usual:
/// whoever acts on the result asks for `accepted`.
package struct Outcome<Value> {
  package var value: Value?
  package var found: [Diagnostic]

  package init(_ value: Value?, _ found: [Diagnostic] = []) {
    self.value = value
    self.found = found
  }
}

extension Outcome: Sendable where Value: Sendable {}
extension Outcome: Equatable where Value: Equatable {}

extension Outcome {
  package var hasErrors: Bool { found.hasErrors }

  /// The value, if nothing found is an error.
  package var accepted: Value? { hasErrors ? nil : value }

  /// Runs the next stage on the value, if there is one, and adds what it finds.
  package func then<Next>(_ stage: (Value) -> Outcome<Next>) -> Outcome<Next> {
    guard let value else { return Outcome<Next>(nil, found) }
    let next = stage(value)
    return Outcome<Next>(next.value, found + next.found)
  }

  package func map<New>(_ transform: (Value) -> New) -> Outcome<New> { Outcome<New>(value.map(transform), found) }

  /// The same with more findings.
  package func adding(_ more: [Diagnostic]) -> Outcome { Outcome(value, found + more) }
}

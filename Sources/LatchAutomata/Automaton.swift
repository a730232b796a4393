/// A minimal deterministic automaton over bytes: one table step a byte, no allocation.
package struct Automaton: Sendable, Equatable {
  /// For each of the 256 bytes its class, numbered from 0 in order of first byte.
  package var classes: [UInt8]
  package var classCount: Int
  /// `state * classCount + class` → state; numbered breadth first from the start, which is 0.
  package var transitions: [UInt16]
  /// One a state.
  package var accepting: [Bool]

  package init(classes: [UInt8], classCount: Int, transitions: [UInt16], accepting: [Bool]) {
    self.classes = classes
    self.classCount = classCount
    self.transitions = transitions
    self.accepting = accepting
  }
}

/// The states of an automaton after which the rest of a text does not matter.
struct Landmarks: Sendable {
  /// The state from which nothing is accepted.
  let dead: Int?
  /// The states from which every rest is accepted that makes the text valid UTF-8.
  private var isOpen: [Bool]

  init(_ automaton: Automaton) {
    dead = automaton.accepting.indices.first { !automaton.accepting[$0] && automaton.stays(in: $0) }
    isOpen = Array(repeating: false, count: automaton.accepting.count)
    for start in automaton.accepting.indices where automaton.accepting[start] {
      guard let open = automaton.likeAllTexts(from: start) else { continue }
      for state in open { isOpen[state] = true }
      return
    }
  }

  func isOpen(_ state: Int) -> Bool { isOpen[state] }
}

extension Automaton {
  fileprivate func stays(in state: Int) -> Bool {
    (0..<classCount).allSatisfy { step(state, inClass: $0) == state }
  }

  /// The states that a state leads to by parts of valid texts, if all valid texts are accepted from it.
  fileprivate func likeAllTexts(from start: Int) -> [Int]? {
    let all = Automaton.text
    var mine = [Int?](repeating: nil, count: all.accepting.count)
    mine[0] = start
    var pending = [0]
    while let theirs = pending.popLast() {
      guard let state = mine[theirs], accepting[state] == all.accepting[theirs] else { return nil }
      for byte in 0..<256 {
        let next = step(state, inClass: Int(classes[byte]))
        let target = all.step(theirs, inClass: Int(all.classes[byte]))
        if mine[target] == nil { pending.append(target) }
        guard mine[target] ?? next == next else { return nil }
        mine[target] = next
      }
    }
    return mine.indices.filter { !(all.stays(in: $0)) }.compactMap { mine[$0] }
  }
}

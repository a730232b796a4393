/// The bytes that neither of two automata tells apart.
struct JointClasses: Sendable {
  /// The number of a class in either automaton.
  struct Members: Sendable {
    var left: Int
    var right: Int
  }

  /// For each of the 256 bytes its joint class, numbered from 0 in order of first byte.
  private(set) var ofByte: [UInt8] = []
  private(set) var members: [Members] = []

  var count: Int { members.count }

  init(_ left: Automaton, _ right: Automaton) {
    var numbers: [Int: UInt8] = [:]
    for byte in 0..<256 {
      let both = Members(left: Int(left.classes[byte]), right: Int(right.classes[byte]))
      let key = both.left << 8 | both.right
      let number = numbers[key] ?? UInt8(members.count)
      if numbers[key] == nil { members.append(both) }
      numbers[key] = number
      ofByte.append(number)
    }
  }
}

extension Automaton {
  func step(_ state: Int, inClass number: Int) -> Int {
    Int(transitions[state * classCount + number])
  }
}

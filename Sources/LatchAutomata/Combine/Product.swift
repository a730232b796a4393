/// Two automata run side by side: its states are the pairs of states that some text leads to.
struct Product {
  enum Join: Sendable {
    case union, intersection, difference

    func accepts(_ left: Bool, _ right: Bool) -> Bool {
      switch self {
      case .union: left || right
      case .intersection: left && right
      case .difference: left && !right
      }
    }
  }

  private struct Pair: Hashable {
    var left: Int
    var right: Int
  }

  private let left: Automaton
  private let right: Automaton
  private let join: Join
  private let classes: JointClasses
  private let landmarks: (left: Landmarks, right: Landmarks)
  private let stateLimit: Int
  private var numbers: [Pair: Int32] = [:]
  private var pairs: [Pair] = []
  private var table: DenseTable

  /// The deterministic table of what is in both, in either or in the first alone, not minimal.
  static func table(
    _ left: Automaton, _ join: Join, _ right: Automaton, stateLimit: Int
  ) throws(PatternError) -> DenseTable {
    var product = Product(left, join, right, stateLimit: stateLimit)
    return try product.run()
  }

  private init(_ left: Automaton, _ join: Join, _ right: Automaton, stateLimit: Int) {
    self.left = left
    self.right = right
    self.join = join
    self.stateLimit = stateLimit
    classes = JointClasses(left, right)
    landmarks = (Landmarks(left), Landmarks(right))
    table = DenseTable(byteClass: classes.ofByte, classCount: classes.count)
  }

  private mutating func run() throws(PatternError) -> DenseTable {
    _ = try number(Pair(left: 0, right: 0))
    var state = 0
    while state < pairs.count {
      let pair = pairs[state]
      for number in 0..<classes.count {
        let members = classes.members[number]
        let next = Pair(
          left: left.step(pair.left, inClass: members.left), right: right.step(pair.right, inClass: members.right))
        table.transitions[state * classes.count + number] = try self.number(settled(next))
      }
      state += 1
    }
    return table
  }

  /// The pair, or one that stands for it where one side alone settles every rest.
  private func settled(_ pair: Pair) -> Pair {
    let (leftDead, rightDead) = (landmarks.left.dead, landmarks.right.dead)
    switch join {
    case .union:
      if landmarks.left.isOpen(pair.left) { return Pair(left: pair.left, right: rightDead ?? pair.right) }
      if landmarks.right.isOpen(pair.right) { return Pair(left: leftDead ?? pair.left, right: pair.right) }
    case .intersection:
      guard pair.left == leftDead || pair.right == rightDead else { break }
      return Pair(left: leftDead ?? pair.left, right: rightDead ?? pair.right)
    case .difference:
      guard let leftDead, pair.left == leftDead || landmarks.right.isOpen(pair.right) else { break }
      return Pair(left: leftDead, right: rightDead ?? pair.right)
    }
    return pair
  }

  private mutating func number(_ pair: Pair) throws(PatternError) -> Int32 {
    if let known = numbers[pair] { return known }
    guard pairs.count < 4 * stateLimit + 64, (pairs.count + 1) * classes.count < DenseTable.sizeLimit else {
      throw .tooManyStates(stateLimit)
    }
    let number = Int32(pairs.count)
    numbers[pair] = number
    pairs.append(pair)
    table.addState(accepting: join.accepts(left.accepting[pair.left], right.accepting[pair.right]))
    return number
  }
}

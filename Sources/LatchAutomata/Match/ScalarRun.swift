/// A program run over a text: all ways at once, scalar by scalar.
struct ScalarRun {
  /// How many runs of places the counters may remember in all.
  private static let memoryLimit = 1_000_000

  private let program: ScalarProgram
  private var met: [Int]
  private var round = 0
  private var counts: [CountSet]
  /// Steps that wait for a scalar.
  private var active: [Int] = []
  private var isAccepted = false
  /// How many steps the text may still cost.
  private var work: Int
  private let workLimit: Int
  private var ended: [Bool]
  private var waiting: [[(holds: Bool, next: Int)]]
  private var settled = 0
  private var place = 0

  init(_ program: ScalarProgram, workLimit: Int) {
    self.program = program
    self.workLimit = workLimit
    work = workLimit
    met = Array(repeating: 0, count: program.steps.count)
    counts = Array(repeating: CountSet(), count: program.counters.count)
    ended = Array(repeating: false, count: program.lookCount)
    waiting = Array(repeating: [], count: program.lookCount)
  }

  /// Whether a match ends somewhere in the text, given as the program reads it.
  mutating func finds(in text: some Collection<UInt32>) throws(PatternError) -> Bool {
    var behind = Surroundings.edge
    var seeds: [Int] = []
    for scalar in text {
      let next = Surroundings(of: scalar)
      try settle(seeds, behind: behind, next: next)
      if isAccepted { return true }
      seeds = take(scalar)
      behind = next
      place += 1
    }
    try settle(seeds, behind: behind, next: .edge)
    return isAccepted
  }

  /// Follows all ways that take nothing between two neighbours.
  private mutating func settle(_ seeds: [Int], behind: Surroundings, next: Surroundings) throws(PatternError) {
    let before = program.isReversed ? next : behind
    let after = program.isReversed ? behind : next
    round += 1
    settled = 0
    active.removeAll(keepingCapacity: true)
    for number in 0..<program.lookCount {
      ended[number] = false
      waiting[number].removeAll(keepingCapacity: true)
    }
    let begins = place == 0 || !program.isAnchored ? [program.start] : []
    follow(seeds + begins + program.lookStarts, before, after)
    for number in 0..<program.lookCount {
      settled = number + 1
      let holds = ended[number]
      follow(waiting[number].filter { $0.holds == holds }.map(\.next), before, after)
    }
    let remembered = counts.reduce(0) { $0 + $1.runCount }
    guard work > 0, remembered < Self.memoryLimit else {
      throw PatternError(.tooManyStates(workLimit), "the pattern is too costly for this text")
    }
  }

  private mutating func follow(_ seeds: [Int], _ before: Surroundings, _ after: Surroundings) {
    var pending = seeds
    while let step = pending.popLast() {
      guard met[step] != round else { continue }
      met[step] = round
      work -= 1
      switch program.steps[step] {
      case .scalar: active.append(step)
      case .count(let counter, let next):
        counts[counter].enter(at: place)
        if program.counters[counter].least == 0 { pending.append(next) }
      case .split(let targets): pending += targets
      case .position(let position, let next): if position.holds(before: before, after: after) { pending.append(next) }
      case .look(let number, let holds, let next):
        if number >= settled {
          waiting[number].append((holds, next))
        } else if ended[number] == holds {
          pending.append(next)
        }
      case .lookEnd(let number): ended[number] = true
      case .accept: isAccepted = true
      }
    }
  }

  /// The steps that come after a scalar.
  private mutating func take(_ scalar: UInt32) -> [Int] {
    var seeds: [Int] = []
    for step in active {
      if case .scalar(let set, let next) = program.steps[step], program.sets[set].contains(scalar) {
        seeds.append(next)
      }
    }
    for (number, counter) in program.counters.enumerated() where !counts[number].isEmpty {
      work -= 1
      guard program.sets[counter.set].contains(scalar) else {
        counts[number].removeAll()
        continue
      }
      counts[number].drop(before: place + 1 - counter.most)
      if counts[number].has(atOrBefore: place + 1 - counter.least) { seeds.append(counter.next) }
    }
    return seeds
  }
}

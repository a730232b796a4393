/// A regular expression made ready to be asked: a table where the pattern is small enough, else a program whose cost
/// is bounded by pattern and text together.
package struct PatternMatcher: Sendable {
  private enum Form: Sendable {
    case table(Automaton)
    case program(ScalarProgram)
  }

  private let form: Form

  private let workLimit: Int

  /// Compiles a pattern; where a table would have more states than the limit, a text may cost so many steps.
  package init(
    regex pattern: String, dialect: RegexDialect, stateLimit: Int = 1024, workLimit: Int = 100_000_000
  ) throws(PatternError) {
    self.workLimit = workLimit
    let tree = try RegexParser.parse(pattern, dialect: dialect)
    do {
      form = .table(try Automaton.search(tree, stateLimit: stateLimit))
    } catch {
      guard case .tooManyStates = error.kind else { throw error }
      form = .program(try ScalarProgram(tree))
    }
  }

  /// Whether the pattern matches anywhere in the text, given in UTF-8; throws where that would cost too much to know.
  package func accepts(_ text: some Collection<UInt8>) throws(PatternError) -> Bool {
    switch form {
    case .table(let automaton): return automaton.accepts(text)
    case .program(let program):
      guard let scalars = Self.scalars(of: text) else { return false }
      var run = ScalarRun(program, workLimit: workLimit)
      return program.isReversed ? try run.finds(in: scalars.reversed()) : try run.finds(in: scalars)
    }
  }

  /// The table, if the pattern is one.
  package var table: Automaton? {
    if case .table(let automaton) = form { automaton } else { nil }
  }

  /// Whether the pattern is a table, so that ``accepts(_:)`` never throws.
  package var isTable: Bool {
    if case .table = form { true } else { false }
  }

  /// The scalars of valid UTF-8.
  private static func scalars(of text: some Collection<UInt8>) -> [UInt32]? {
    var scalars: [UInt32] = []
    scalars.reserveCapacity(text.count)
    var decoder = UTF8()
    var bytes = text.makeIterator()
    while true {
      switch decoder.decode(&bytes) {
      case .scalarValue(let scalar): scalars.append(scalar.value)
      case .emptyInput: return scalars
      case .error: return nil
      }
    }
  }
}

import LatchAutomata
import LatchJSON

/// What can be decided about one tool, laid out so that deciding only walks arrays.
struct Program: Sendable {
  /// Guardrails first, then by specificity (greatest first), then by id.
  var candidates: [PreparedCandidate] = []
  var guardrailCount = 0
  /// All conditions, each in preorder.
  var expressions: [ExpressionNode] = []
  var atoms: [PreparedAtom] = []
  var paths: [PreparedPath] = []
  /// The clients of candidates that name some, as positions in `Guard.clients`.
  var clients: [Int32] = []
  /// What must be readable for every client.
  var questions: [Question] = []
  /// What must be readable where the candidate applies to the client; `PreparedCandidate.questions` points here.
  var boundQuestions: [Question] = []
}

/// A rule or guardrail with its parts as ranges of the program's arrays.
struct PreparedCandidate: Sendable {
  var rule: Int32
  var effect: Effect
  var isGuardrail: Bool
  var isConditional: Bool
  var fallsThrough: Bool
  /// `Specificity.rank`.
  var rank: UInt16
  /// `Specificity.names`.
  var names: UInt8
  /// nil: any client.
  var clients: Range<Int32>?
  /// Positions in `Program.expressions`; -1: none.
  var when: Int32
  var unless: Int32
  var questions: Range<Int32>
}

/// A step of a condition: an atom, or how the nodes up to `end` are joined.
struct ExpressionNode: Sendable {
  enum Join: UInt8, Sendable { case atom, all, any, none }

  var join: Join
  var atom: Int32
  var end: Int32
}

/// That a value must be of a form which a matcher reads.
struct Question: Sendable, Hashable {
  var path: Int32
  var needsString: Bool
}

/// An atom with all that it needs at hand.
struct PreparedAtom: Sendable {
  enum Matcher: Sendable {
    /// One of these strings, sorted (bytes); the common case of `equals`.
    case strings([[UInt8]])
    case values([JSONDocument])
    case automaton(Automaton, StringMatcher)
  }

  var path: Int32
  var matcher: Matcher

  var needsString: Bool {
    if case .automaton = matcher { true } else { false }
  }
}

/// A path with what the locked schema gives in the place of a value that is not there.
struct PreparedPath: Sendable {
  enum Step: Sendable {
    case name([UInt8])
    case index(Int)
  }

  var steps: [Step]
  /// For each step what the whole path is worth where that step is the first that finds nothing; empty: never anything.
  var defaults: [JSONDocument?]
}

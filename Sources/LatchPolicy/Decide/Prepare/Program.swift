import LatchAutomata
import LatchJSON

/// What can be decided about one tool, laid out so that deciding only walks arrays.
final class Program: Sendable {
  /// Guardrails first, then by specificity (greatest first), then by id.
  let candidates: [PreparedCandidate]
  let guardrailCount: Int
  /// All conditions, each in preorder.
  let expressions: [ExpressionNode]
  let atoms: Table<PreparedAtom>
  let paths: Table<PreparedPath>
  /// Names and globs of tools that the lock does not know.
  let toolPatterns: [String]
  /// The clients of candidates that name some, as positions in `Guard.clients`.
  let clients: [Int32]
  /// What must be readable for every client.
  let questions: [Question]
  /// What must be readable where the candidate applies to the client, or inside an element; `PreparedCandidate.questions`
  /// and `PreparedAtom.Matcher.elements` point here.
  let boundQuestions: [Question]
  /// Who may approve, where a candidate says so.
  let terms: [ApprovalTerms]
  let hasLimits: Bool
  let readsPaths: Bool

  init(_ layout: consuming ProgramLayout) {
    candidates = layout.candidates
    guardrailCount = layout.guardrailCount
    expressions = layout.expressions
    atoms = layout.atoms
    paths = layout.paths
    toolPatterns = layout.toolPatterns
    clients = layout.clients
    questions = layout.questions
    boundQuestions = layout.boundQuestions
    terms = layout.terms
    hasLimits = layout.hasLimits
    readsPaths = layout.readsPaths
  }

  /// Who may approve what the candidate asks about; nil: whom the defaults name.
  func terms(of candidate: PreparedCandidate) -> ApprovalTerms? {
    candidate.terms < 0 ? nil : terms[Int(candidate.terms)]
  }
}

/// A program that is still being laid out.
struct ProgramLayout: ~Copyable {
  var candidates: [PreparedCandidate] = []
  var guardrailCount = 0
  var expressions: [ExpressionNode] = []
  var atoms = Table<PreparedAtom>()
  var paths = Table<PreparedPath>()
  var toolPatterns: [String] = []
  var clients: [Int32] = []
  var questions: [Question] = []
  var boundQuestions: [Question] = []
  var terms: [ApprovalTerms] = []
  var hasLimits = false
  var readsPaths = false
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
  /// Positions in `Program.toolPatterns` of which an unknown tool's name must have one; nil: any name.
  var tools: Range<Int32>?
  /// Those that it must not have, for the same rule stands before this one for them.
  var otherTools: Range<Int32>
  /// nil: any client.
  var clients: Range<Int32>?
  /// Positions in `Program.expressions`; -1: none.
  var when: Int32
  var unless: Int32
  var questions: Range<Int32>
  /// Whether a condition of it reads a path.
  var readsPath: Bool
  var limit: CallLimit?
  /// A position in `Program.terms`; -1: those of the defaults.
  var terms: Int32

  /// A guardrail that gives beyond its limit what it would give anyway: within the limit it says nothing.
  var onlySetsBound: Bool { isGuardrail && limit?.over == effect }

  /// Whether it speaks for its tools: where its condition does not hold, no rule of vaguer names may allow.
  var speaksForItsTools: Bool { effect == .allow && isConditional && !fallsThrough }
}

/// A step of a condition: an atom, or how the nodes up to `end` are joined.
struct ExpressionNode: Sendable {
  enum Join: UInt8, Sendable { case atom, all, any, none }

  var join: Join
  var atom: Int32
  var end: Int32
}

/// That a value must be of a form which a matcher reads.
struct Question: Sendable {
  var path: Int32
  var reading: Reading
  var tolerated: TypeSet
  /// The first atom that asks it: if its elements are read, the only one.
  var atom: Int32

  func isSame(as other: Question) -> Bool {
    path == other.path && reading == other.reading && tolerated == other.tolerated
      && (reading != .elements || atom == other.atom)
  }
}

/// An atom with all that it needs at hand.
struct PreparedAtom: ~Copyable, Sendable {
  enum Matcher: ~Copyable, Sendable {
    /// One of these strings, sorted (bytes); the common case of `equals`.
    case strings(TextList)
    case values([JSONDocument])
    case text(Automaton)
    /// The automaton reads what follows one of the bases, or all of the path where there are none.
    case path(Automaton, bases: [[UInt8]]?, isFolded: Bool)
    case url(Automaton, URLPart)
    case ports([Int])
    case addresses([CIDR])
    case domain(Automaton)
    case bound(Bound, BoundedNumber)
    case length(min: Int, max: Int)
    case types(TypeSet)
    case present(Bool)
    case object
    /// A position in `Program.expressions`, and in `boundQuestions` what every element must be readable as.
    case elements(Quantifier, condition: Int32, questions: Range<Int32>)
  }

  /// What of a URL an automaton reads.
  enum URLPart: Sendable { case scheme, host, path }

  /// A position in `Program.paths`; `PreparedPath.anywhere` is -1.
  let path: Int32
  let matcher: Matcher
  let tolerated: TypeSet
  /// As authors write it.
  let name: String
  /// Whether a path is read, also inside `any` and `all`.
  let readsPath: Bool
  /// What the matcher reads.
  let reading: Reading
  /// Whether the value is to be there, where nothing else is asked of it.
  let presence: Bool?

  init(path: Int32, matcher: consuming Matcher, tolerated: TypeSet, name: String, readsPath: Bool) {
    self.path = path
    reading = matcher.reading
    presence = matcher.presence
    self.matcher = matcher
    self.tolerated = tolerated
    self.name = name
    self.readsPath = readsPath
  }
}

/// A path with what the locked schema gives in the place of a value that is not there.
struct PreparedPath: ~Copyable, Sendable {
  enum Step: Sendable {
    case name([UInt8])
    case index(Int)
  }

  /// From the arguments, or from the element that the atom stands inside.
  let steps: [Step]
  /// From the arguments; elements are all alike, so the first stands for them.
  let fromTheTop: [Step]
  /// For each step what the whole path is worth where that step is the first that finds nothing; empty: never anything.
  let defaults: [JSONDocument?]
  /// The steps as deciding takes them: the names, and the indices, -1 where the step is a name.
  let names: TextList
  let indices: [Int]

  init(steps: [Step], fromTheTop: [Step], defaults: [JSONDocument?]) {
    self.steps = steps
    self.fromTheTop = fromTheTop
    self.defaults = defaults
    names = TextList(steps.map { if case .name(let name) = $0 { name } else { [] } })
    indices = steps.map { if case .index(let index) = $0 { index } else { -1 } }
  }

  /// In the place of a position: some string anywhere in the arguments.
  static let anywhere: Int32 = -1
}

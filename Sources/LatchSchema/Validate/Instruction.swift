import LatchAutomata
import LatchJSON

/// What one step of checking does; the meaning of `a`, `b`, `c` of the instruction is said at each.
enum Operation: UInt8, Sendable {
  /// Refuses everything.
  case never
  /// `const`: equal to constant node `a`.
  case equals
  /// `enum`: equal to one of the `b` constant nodes listed at word `a`.
  case oneOfValues
  /// `enum` of strings only: in name table `a`.
  case oneOfNames
  /// Bounds: number `a`.
  case minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf
  /// Counts: at least or at most `a`.
  case minLength, maxLength, minItems, maxItems, minProperties, maxProperties
  /// Pattern `a`.
  case pattern
  /// Format with raw value `a`.
  case format
  /// Draft 7: in base64 if `a` is 1, then JSON if `b` is 1.
  case content
  case uniqueItems
  /// The first `b` elements against the schemas listed at word `a`, the rest against `c` unless none.
  case items
  /// At least `b` and at most `c` elements against `a`.
  case contains
  /// Everything about members by name: plan `a`.
  case members
  /// If the name at word `a` is there, so are the `c` names at word `b` (two words each).
  case dependentRequired
  /// If the name at word `a` is there, the object against `b`.
  case dependentSchema
  /// Schema `a`.
  case reference
  /// The schema that dynamic anchor `b` leads to here, else `a`.
  case dynamicReference
  /// The `b` schemas listed at word `a`.
  case allOf, anyOf, oneOf
  /// Not schema `a`.
  case not
  /// If `a` then `b` else `c`, either of which may be none.
  case conditional
  /// What nothing else has looked at against `a`.
  case unevaluatedItems, unevaluatedProperties
}

/// One step: plain data, so that running it counts no references.
struct Instruction: Sendable {
  var operation: Operation
  /// The kinds of value that it says anything about.
  var kinds: KindSet
  var a: UInt32 = none
  var b: UInt32 = none
  var c: UInt32 = none
  /// The keyword's value in its schema's document.
  var keyword: UInt32
}

/// No schema, no word.
let none = UInt32.max

/// A set of kinds of JSON value; `integersOnly` narrows numbers down.
struct KindSet: OptionSet, Sendable {
  var rawValue: UInt8

  static let null = Self(.null)
  static let boolean: Self = [Self(.false), Self(.true)]
  static let number = Self(.number)
  static let string = Self(.string)
  static let array = Self(.array)
  static let object = Self(.object)
  static let any = Self(rawValue: 0x7F)
  static let integersOnly = Self(rawValue: 0x80)
  /// Of a `contains`: what it accepts counts as looked at.
  static let containsEvaluates = Self(rawValue: 0x80)

  init(rawValue: UInt8) { self.rawValue = rawValue }

  @inline(__always)
  init(_ kind: JSONDocument.Node.Kind) { rawValue = 1 << kind.rawValue }
}

/// A schema made ready: its types, then its steps.
struct SchemaNode: Sendable {
  var types: KindSet = .any
  var codeStart: UInt32 = 0
  var codeEnd: UInt32 = 0
  var resource: UInt32
  var document: UInt32
  var node: UInt32
}

/// What a schema says about an object's members.
struct MemberPlan: Sendable {
  /// Of names in `properties` and `required`.
  var names: NameTable
  /// Pairs of pattern and schema.
  var patternsStart: UInt32 = 0
  var patternCount: UInt32 = 0
  /// For names that neither `names` nor a pattern has.
  var additional: UInt32 = none
  /// For the names themselves.
  var nameSchema: UInt32 = none
  var requiredCount: UInt32 = 0
  /// The keywords' values in the schema's document.
  var requiredKeyword: UInt32 = none
  var additionalKeyword: UInt32 = none
  var nameSchemaKeyword: UInt32 = none
}

/// An open-addressing hash table in `Program.entries`.
struct NameTable: Sendable {
  var start: UInt32
  /// The number of slots, a power of two, less one.
  var mask: UInt32
}

/// A slot of a name table.
struct NameEntry: Sendable {
  var hash: UInt32 = 0
  var nameStart: UInt32 = none
  var nameLength: UInt32 = 0
  var schema: UInt32 = none
  /// The name's position among the required ones.
  var required: UInt32 = none
}

/// A number of the schema: small whole ones as such, others by lexeme.
struct NumberBound: Sendable {
  var whole: Int64?
  var start: UInt32
  var end: UInt32
}

/// A regular expression made ready: where the parts of its automaton stand in the program.
struct Pattern: Sendable {
  /// In `transitions`: state × `classCount` + class.
  var transitions: UInt32
  var classCount: UInt32
  /// In `bytes`: the class of each of the 256 bytes, then 1 for each state that accepts, else 0.
  var classes: UInt32
  /// In `matchers`, for a pattern that is too large for a table.
  var matcher: UInt32 = none
}

/// A schema compiled: flat tables that refer to one another by index. Never copied, which would retain each of them.
struct Program: ~Copyable, Sendable {
  var schemas: [SchemaNode] = []
  var code: [Instruction] = []
  var words: [UInt32] = []
  var bytes: [UInt8] = []
  var plans: [MemberPlan] = []
  var entries: [NameEntry] = []
  var numbers: [NumberBound] = []
  var constants: [JSONDocument.Node] = []
  var constantBytes: [UInt8] = []
  var patterns: [Pattern] = []
  /// The steps of all patterns' automata.
  var transitions: [UInt16] = []
  var matchers: [PatternMatcher] = []
  /// For each dynamic anchor where its pairs of resource and schema stand in `words`, and how many.
  var dynamicAnchors: [UInt32] = []
  /// Whether the way to a schema matters: a dynamic reference has more than one place to go.
  var tracksScope = false
  var documents: [SchemaDocument] = []
}

import LatchPolicy

/// A project as its author means it: what is printed as YAML for the compiler, and what the reference reads.
struct PolicyModel: Sendable {
  var defaults = DefaultsModel()
  /// `clients:`, beside those that Latch knows.
  var clients: [String] = []
  var values: [ValuesModel] = []
  var upstreams: [UpstreamModel] = []
  /// Guardrails too.
  var rules: [RuleModel] = []

  /// Whether someone may approve by key; the project then has ``key``.
  var wantsKeys: Bool {
    ([defaults.approval] + rules.map(\.approval)).contains { $0?.ways?.contains(.key) == true }
  }

  static let key = "MCowBQYDK2VwAyEA6/su3tgUgP1tqYAdGTFOGItqDClBQIPW6DRvEqU5vec="
}

/// `defaults:`; the flags are false where the language denies.
struct DefaultsModel: Sendable {
  var effect = Effect.deny
  var classes: [ActionClass: Effect] = [:]
  var asksForUnknownTools = false
  var asksForChangedTools = false
  var asksForUnreadableArguments = false
  var ignoresExtraArguments = false
  var ignoresInvalidArguments = false
  var approval: ApprovalModel?
  var protectsSelf = true
}

/// A list of `values:`.
struct ValuesModel: Sendable {
  var name: String
  var elements: [Operand]
}

struct UpstreamModel: Sendable {
  var name: String
  var isLocal = true
  /// False under `symlinks: ignore`.
  var resolvesLinks = true
  var tools: [ToolModel] = []
}

/// A tool with what the lock and the author say of it.
struct ToolModel: Sendable {
  var name: String
  /// What its name gives by language.md §3; the author of the tool's name knows it.
  var inferred: ActionClass
  var given: ActionClass?
  var isHidden = false
  var ignoresSchema = false
  var schema: SchemaModel?

  var actionClass: ActionClass { given ?? inferred }

  /// Resources, prompts and completions.
  static let reserved = ["@completion/complete", "@prompts/get", "@resources/read"].map {
    ToolModel(name: $0, inferred: .read)
  }
}

/// A rule or guardrail.
struct RuleModel: Sendable {
  var id: String
  var isGuardrail = false
  var effect: Effect
  var upstreams: [String]?
  var tools: [String]?
  var classes: [ActionClass]?
  var clients: [String]?
  var when: ConditionModel?
  var unless: ConditionModel?
  var fallsThrough = false
  var limit: LimitModel?
  var approval: ApprovalModel?
  var isEnabled = true

  var isConditional: Bool { when != nil || unless != nil }
}

struct LimitModel: Sendable {
  var calls: Int
  var per: DurationModel
  /// nil: `deny`.
  var over: Effect?
  /// nil: `project`.
  var scope: CallLimit.Scope?
}

/// `approval:`; what it does not say is as the language has it.
struct ApprovalModel: Sendable {
  var ways: [ApprovalTerms.Way]?
  var timeout: DurationModel?
  var lease: DurationModel?
}

/// `[1-9][0-9]*(ms|s|m|h|d)`.
struct DurationModel: Sendable {
  var count: Int
  var unit: String
}

package import LatchJSON
package import LatchPolicy
package import LatchSource

/// One file of a project as its author wrote it: every value typed, every name with its place, nothing looked up.
package struct Manifest: Sendable {
  package var path: String
  package var settings: Settings
  package var upstreams: [UpstreamDeclaration] = []
  /// Guardrails too, in the order of the file.
  package var rules: [RuleDeclaration] = []
  package var tests: [TestDeclaration] = []
  package var values: [ValuesDeclaration] = []

  /// What only `latch.yaml` says.
  package struct Settings: Sendable {
    package var name: Spanned<String>?
    package var include: [Spanned<String>] = []
    package var serial = 0
    package var clients: [Spanned<String>] = []
    package var defaults = Defaults()
    package var limits = Guard.Limits()
    package var audit = AuditTerms()
  }
}

/// `defaults:` as the language fills it in.
package struct Defaults: Sendable {
  package var effect = Effect.deny
  package var classes: [ActionClass: Effect] = [:]
  package var unknownTool = Guard.Floor.deny
  package var changedTool = Guard.Floor.deny
  package var unreadableArgument = Guard.Floor.deny
  package var extraArguments = Guard.Strictness.deny
  package var invalidArguments = Guard.Strictness.deny
  package var protectSelf = true
  package var requireExplicit = false
  package var approval = ApprovalDeclaration()
  /// nil: the policy has no `approval.keys`.
  package var approvalKeys: [KeyDeclaration]?
  package var observe: Spanned<Bool>?
}

/// `approval:` of a rule or of `defaults`.
package struct ApprovalDeclaration: Sendable {
  package var terms = ApprovalTerms()
  /// Where `by:` names `key`.
  package var keyPlace: Span?
}

/// One entry of `defaults.approval.keys`.
package struct KeyDeclaration: Sendable {
  package var name: Spanned<String>
  /// nil: the schemas refused the key.
  package var approver: Guard.Approver?
}

/// One entry of `upstreams:`.
package struct UpstreamDeclaration: Sendable {
  package var name: Spanned<String>
  /// Whether the schemas found nothing wrong anywhere in it; checks of meaning look at whole ones only.
  package var isWhole: Bool
  /// Where its keys and values stand.
  package var place: Span?
  /// The keys as given, to say which do not go together.
  package var keys: [Spanned<String>] = []
  package var command: Spanned<String>?
  package var arguments: [Spanned<String>] = []
  package var environment: [BindingDeclaration] = []
  package var directory: Spanned<String>?
  package var url: Spanned<String>?
  package var headers: [BindingDeclaration] = []
  package var transport: Spanned<String>?
  package var inherited: [Spanned<String>] = []
  package var allow: [String] = ["elicitation", "logging", "tasks"]
  package var isEnabled = true
  package var isInsecure = false
  package var permitsSecretsInArguments = false
  package var trustsAnnotations = false
  package var resolvesLinks = true
  package var timeout = UpstreamPolicy.usualTimeout
  package var tools: [ToolDeclaration] = []
}

/// A variable of `env:` or a header.
package struct BindingDeclaration: Sendable {
  package var name: Spanned<String>
  package var value: Spanned<Launch.Value>
}

/// One entry of an upstream's `tools:`.
package struct ToolDeclaration: Sendable {
  package var name: Spanned<String>
  package var actionClass: Spanned<ActionClass>?
  package var because: Spanned<String>?
  package var isHidden = false
  package var checksSchema = true
}

/// One entry of `rules:` or `guardrails:`.
package struct RuleDeclaration: Sendable {
  package var isGuardrail: Bool
  package var id: Spanned<String>
  /// Whether the schemas found nothing wrong anywhere in it; checks of meaning look at whole ones only.
  package var isWhole: Bool
  /// Whether it is not whole for no other reason than that a list which it names may stand in what could not be read.
  package var awaitsValues = false
  package var effect: Spanned<Effect>?
  package var upstreams: [Spanned<String>]?
  package var tools: [Spanned<String>]?
  package var classes: [Spanned<ActionClass>]?
  package var clients: [Spanned<String>]?
  package var when: ConditionDeclaration?
  package var unless: ConditionDeclaration?
  package var fallsThrough: Spanned<Bool>?
  package var description: String?
  package var reason: String?
  package var limit: Spanned<CallLimit>?
  package var approval: ApprovalDeclaration?
  package var isEnabled = true
}

/// One entry of `tests:`.
package struct TestDeclaration: Sendable {
  package var name: Spanned<String>
  /// Whether the schemas found nothing wrong in it.
  package var isWhole: Bool
  /// Whether it has `never` or `always`, which stand in the place of a call.
  package var isQuery: Bool
  package var upstream: Spanned<String>?
  package var tool: Spanned<String>?
  /// nil: the call has none.
  package var arguments: Spanned<JSONValue>?
  package var client: Spanned<String>?
  package var effect: Spanned<Effect>?
  package var rule: Spanned<String>?
  package var decidedBy: Spanned<Decision.DecidedBy>?
}

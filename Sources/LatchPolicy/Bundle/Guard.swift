/// What holds for every call of the project.
package struct Guard: Sendable, Equatable {
  package var limits = Limits()
  package var effect = Effect.deny
  /// Sorted by class.
  package var classes: [ClassDefault] = []
  package var unknownTool = Floor.deny
  package var changedTool = Floor.deny
  package var unreadableArgument = Floor.deny
  package var extraArguments = Strictness.deny
  package var invalidArguments = Strictness.deny
  /// Who may approve where a rule does not say.
  package var approval = ApprovalTerms()
  /// Whose keys approve, sorted by name (bytes).
  package var approvalKeys: [Approver] = []
  package var protectSelf = true
  /// Whether a proxy may be told to record what it would decide and let calls pass.
  package var observe = false
  package var audit = AuditTerms()
  /// All client ids that rules may name, sorted (bytes).
  package var clients: [String] = []
  /// What `latch-self` keeps calls away from, sorted.
  package var protected: [ProtectedPath] = []

  /// The id of the built-in guardrail that `protectSelf` turns on.
  package static let selfProtection = "latch-self"

  package init() {}

  package struct Limits: Sendable, Equatable {
    package var automatonStates = 4096
    package var messageBytes = 16_777_216
    package var depth = 128

    package init() {}
  }

  /// What a call that cannot be judged in full meets before any rule.
  package enum Floor: String, Sendable, CaseIterable {
    case deny
    case requireApproval = "require_approval"

    package var effect: Effect { self == .deny ? .deny : .requireApproval }
  }

  /// What happens to a call that is in order but for its arguments' form.
  package enum Strictness: String, Sendable, CaseIterable { case deny, ignore }

  /// `defaults.classes.<class>`.
  package struct ClassDefault: Sendable, Equatable {
    package var actionClass: ActionClass
    package var effect: Effect

    package init(_ actionClass: ActionClass, _ effect: Effect) {
      self.actionClass = actionClass
      self.effect = effect
    }
  }

  /// What is decided where no rule speaks.
  package func defaultEffect(for actionClass: ActionClass) -> Effect {
    classes.first { $0.actionClass == actionClass }?.effect ?? effect
  }
}

/// A file, or a directory with all below it, that no call but one of class `read` may name; with a `pattern`, only what
/// lies below the directory and whose last segments are so.
package struct ProtectedPath: Sendable, Equatable {
  package enum Base: String, Sendable, CaseIterable { case project, home }

  /// What it is, which says how freely it is recognised: an unusual name also where only its end is given.
  package enum Kind: String, Sendable, CaseIterable {
    /// Latch's own: `latch.yaml`, `latch.lock`, `.latch`, its directories in the home directory.
    case latch
    /// A file that `latch.yaml` includes, or would include if it were there.
    case source
    /// An MCP client's configuration.
    case client
  }

  package var base: Base
  /// Relative to the base, `/` between segments, no final slash; `.` is the base itself.
  package var path: String
  package var kind: Kind
  /// Names, in which `*` is any text; empty where there is none.
  package var pattern: [String]

  package init(_ base: Base, _ path: String, kind: Kind, pattern: [String] = []) {
    self.base = base
    self.path = path
    self.kind = kind
    self.pattern = pattern
  }

  /// What is protected in every project; the compiler adds included sources and the known clients' files.
  package static let always: [ProtectedPath] = [
    ProtectedPath(.project, ".latch", kind: .latch),
    ProtectedPath(.project, "latch.lock", kind: .latch),
    ProtectedPath(.project, "latch.yaml", kind: .latch),
    ProtectedPath(.home, ".config/latch", kind: .latch),
    ProtectedPath(.home, ".local/share/latch", kind: .latch),
    ProtectedPath(.home, ".local/state/latch", kind: .latch),
  ]
}

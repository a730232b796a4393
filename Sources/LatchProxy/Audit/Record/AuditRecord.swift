package import LatchJSON
package import LatchPolicy

/// What is to be recorded.
package enum AuditRecord: Sendable {
  case decision(AuditDecision)
  case outcome(AuditOutcome)
  case event(AuditEvent)
}

/// What was decided about a call, before anything of it is forwarded.
package struct AuditDecision: Sendable {
  /// The call's number within the process: joins a decision with its outcome.
  package var call: Int
  package var policy: PolicyIdentity
  /// The protocol's method, `tools/call`.
  package var method: String
  /// The tool, or the reserved name (`@resources/read`); nil where none could be read.
  package var tool: String?
  package var decision: Decision
  /// Whether the call goes on to the server.
  package var passed: Bool
  package var arguments: AuditArguments
  package var approval: AuditApproval?
  package var trace: TraceContext?

  package init(
    call: Int, policy: PolicyIdentity, method: String, tool: String?, decision: Decision, passed: Bool,
    arguments: AuditArguments, approval: AuditApproval? = nil, trace: TraceContext? = nil
  ) {
    self.call = call
    self.policy = policy
    self.method = method
    self.tool = tool
    self.decision = decision
    self.passed = passed
    self.arguments = arguments
    self.approval = approval
    self.trace = trace
  }
}

/// The policy that decided, by what it can be pinned with: `sha256:…`.
package struct PolicyIdentity: Sendable, Equatable {
  package var bundle: String
  package var policy: String

  package init(bundle: String, policy: String) {
    self.bundle = bundle
    self.policy = policy
  }
}

/// The arguments of a call.
package enum AuditArguments: Sendable {
  case absent
  /// As they were read; `root` is where in the document they stand.
  case read(JSONDocument, root: Int = JSONDocument.root)
  /// Bytes that have no one reading: only their digest can be kept.
  case unreadable([UInt8])
}

/// Where the approval of a call stands.
package struct AuditApproval: Sendable, Equatable {
  package enum State: String, Sendable, CaseIterable { case asked, given, refused, expired }

  /// By what way somebody answered; `lease` for an answer given before.
  package enum Way: String, Sendable, CaseIterable { case elicitation, terminal, key, lease }

  package var id: String
  package var state: State
  package var way: Way?
  /// Who answered, as far as the way tells: a user's name, a key's fingerprint.
  package var who: String?

  package init(id: String, state: State, way: Way? = nil, who: String? = nil) {
    self.id = id
    self.state = state
    self.way = way
    self.who = who
  }
}

/// How a call that was let go ended.
package struct AuditOutcome: Sendable, Equatable {
  package enum Kind: String, Sendable, CaseIterable {
    case result
    /// A result that says of itself that it is an error.
    case toolError = "tool_error"
    /// An error of the protocol.
    case error
    case cancelled
    case timedOut = "timed_out"
    /// The server ended or the connection broke.
    case lost
    /// The call was not made after all: its decision could not be brought to the disk.
    case notMade = "not_made"
  }

  package var call: Int
  package var tool: String?
  package var kind: Kind
  /// The code of an error of the protocol.
  package var code: Int?
  /// From forwarding to the answer.
  package var microseconds: Int

  package init(call: Int, tool: String?, kind: Kind, code: Int? = nil, microseconds: Int) {
    self.call = call
    self.tool = tool
    self.kind = kind
    self.code = code
    self.microseconds = microseconds
  }
}

/// Something else that a reader of the record has to know.
package struct AuditEvent: Sendable, Equatable {
  package enum Kind: String, Sendable, CaseIterable {
    /// A message that goes no further, and is not answered.
    case dropped
    /// A message that is answered with an error.
    case refused
    case policyLoaded = "policy_loaded"
    case policyKept = "policy_kept"
    /// What the server says its tools are could not be held against the pins.
    case toolsUnverified = "tools_unverified"
  }

  package var kind: Kind
  package var detail: String
  /// The policy in force from here on, for `policyLoaded`.
  package var policy: PolicyIdentity?

  package init(_ kind: Kind, detail: String, policy: PolicyIdentity? = nil) {
    self.kind = kind
    self.detail = detail
    self.policy = policy
  }
}

/// What a rule says about a call, in order of strictness.
package enum Effect: String, Sendable, CaseIterable {
  case allow
  case requireApproval = "require_approval"
  case deny
}

extension Effect: Comparable {
  package static func < (left: Effect, right: Effect) -> Bool { left.strictness < right.strictness }

  private var strictness: Int {
    switch self {
    case .allow: 0
    case .requireApproval: 1
    case .deny: 2
    }
  }
}

/// How much care a tool wants: `read` least, `transfer_value` most.
package enum ActionClass: String, Sendable, CaseIterable {
  case read, write, send, execute, submit
  case transferValue = "transfer_value"
}

extension ActionClass: Comparable {
  package static func < (left: ActionClass, right: ActionClass) -> Bool { left.care < right.care }

  private var care: Int {
    switch self {
    case .read: 0
    case .write: 1
    case .send: 2
    case .execute: 3
    case .submit: 4
    case .transferValue: 5
    }
  }
}

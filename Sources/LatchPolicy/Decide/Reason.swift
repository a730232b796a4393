import LatchJSON

/// Why a call was decided as it was, told to the agent: which rule, why, and what it may do instead; nothing else of the
/// policy.
enum Reason: Sendable, Equatable {
  case ofRule(PreparedRule, Effect, isGuardrail: Bool)
  case byDefault(Effect, tool: String, ActionClass, spoke: PreparedRule?)
  case floor(Decision.DecidedBy, tool: String)
  case unreadableArgument(UnreadableValue)
  case selfProtection
  case said(String)

  static let noObject = "the arguments are not an object"

  var text: String {
    switch self {
    case .ofRule(let rule, let effect, let isGuardrail): Self.text(of: rule, effect, isGuardrail: isGuardrail)
    case .byDefault(let effect, let tool, let actionClass, let spoke):
      Self.text(byDefault: effect, tool, actionClass, spoke)
    case .floor(let floor, let tool): Self.text(of: floor, tool)
    case .unreadableArgument(let value):
      "Denied: a rule about this tool reads `\(value.path)`, which must be \(value.form). Send it in that form."
    case .selfProtection:
      "Denied by guardrail `latch-self`: the call names a file of Latch's own or a client's configuration, "
        + "which only a person changes. Leave these files as they are and go on without the change."
    case .said(let text): text
    }
  }

  /// The same for the person who is asked.
  var question: String {
    switch self {
    case .ofRule(let rule, _, let isGuardrail):
      rule.reason ?? "The \(isGuardrail ? "guardrail" : "rule") `\(rule.id)` wants a person's approval."
    case .byDefault(_, let tool, let actionClass, _):
      "By default, calls of `\(tool)` (class `\(actionClass.rawValue)`) want a person's approval."
    case .floor(let floor, let tool): "A person is asked because \(Self.why(floor, tool))."
    default: text
    }
  }

  private static func text(of rule: PreparedRule, _ effect: Effect, isGuardrail: Bool) -> String {
    let speaker = "\(isGuardrail ? "guardrail" : "rule") `\(rule.id)`"
    let why = rule.reason.map { ": \($0)" } ?? "."
    let stop = why.utf8.last == UInt8(ascii: ".") ? "" : "."
    switch effect {
    case .allow: return "Allowed by \(speaker)."
    case .requireApproval:
      return "A person's approval is needed by \(speaker)\(why)\(stop) Wait for it, or go on without this call."
    case .deny:
      return
        "Denied by \(speaker)\(why)\(stop) Do not repeat the call as it is; another tool or other arguments may do."
    }
  }

  private static func text(
    byDefault effect: Effect, _ tool: String, _ actionClass: ActionClass, _ spoke: PreparedRule?
  ) -> String {
    let call = "calls of `\(tool)` (class `\(actionClass.rawValue)`)"
    switch effect {
    case .allow: return "Allowed by default: no rule speaks of this call."
    case .requireApproval:
      return "A person's approval is needed: by default \(call) want one. Wait for it, or go on without this call."
    case .deny:
      let instead = "Do not repeat the call as it is; another tool or other arguments may do."
      guard let spoke else { return "Denied by default: no rule allows \(call). \(instead)" }
      let why = spoke.reason.map { " (\($0))" } ?? ""
      return "Denied: rule `\(spoke.id)`\(why) allows `\(tool)` only with other arguments. \(instead)"
    }
  }

  private static func text(of floor: Decision.DecidedBy, _ tool: String) -> String {
    "A person's approval is needed: \(why(floor, tool)). Wait for it, or go on without this call."
  }

  private static func why(_ floor: Decision.DecidedBy, _ tool: String) -> String {
    switch floor {
    case .unknownTool: "the tool `\(tool)` is not among those that were reviewed"
    case .changedTool: "the tool `\(tool)` is not defined as it was when it was reviewed"
    default: "an argument of `\(tool)` cannot be read by the rules about it"
    }
  }
}

extension Decision {
  static func collision(_ name: String, _ actionClass: ActionClass?) -> Decision {
    let problem = "the name `\(name)` stands twice in one object, but for case or form"
    return Decision(
      .deny, by: .unreadable, actionClass: actionClass,
      reason: .said("Denied: the call cannot be read in one way only (\(problem)). Send it again in plain form."))
  }

  static func unknown(_ tool: String) -> Decision {
    Decision(
      .deny, by: .unknownTool,
      reason: .said("Denied: `\(tool)` is not among this server's reviewed tools. Use one of those that are listed."))
  }

  static func hidden(_ tool: String, _ actionClass: ActionClass) -> Decision {
    Decision(
      .deny, by: .hiddenTool, actionClass: actionClass,
      reason: .said("Denied: `\(tool)` is not offered. Use one of the tools that are listed."))
  }

  static func changed(_ tool: String, _ actionClass: ActionClass) -> Decision {
    Decision(
      .deny, by: .changedTool, actionClass: actionClass,
      reason: .said(
        "Denied: the server now defines `\(tool)` otherwise than it was reviewed. Go on without it; "
          + "a person can review the change with `latch sync`."))
  }

  static func invalid(_ actionClass: ActionClass?, _ problem: String) -> Decision {
    Decision(
      .deny, by: .invalidArguments, actionClass: actionClass,
      reason: .said(
        "Denied: the arguments are not as the tool's schema wants them: \(problem). Correct them and call again."))
  }

  static func unreadable(_ value: UnreadableValue, _ actionClass: ActionClass) -> Decision {
    Decision(.deny, by: .unreadableArgument, actionClass: actionClass, reason: .unreadableArgument(value))
  }
}

extension ArgumentPath {
  /// As an author writes it.
  package var text: String { isAnywhere ? "**" : PreparedPath.text(of: steps.map(PreparedPath.Step.init)) }
}

extension PreparedPath {
  /// As an author writes it.
  var text: String { Self.text(of: steps) }

  static func text(of steps: [Step]) -> String {
    steps.enumerated().map { position, step in
      switch step {
      case .index(let index): "[\(index)]"
      case .name(let name): (position > 0 ? "." : "") + Self.written(name)
      }
    }.joined()
  }

  private static func written(_ name: [UInt8]) -> String {
    let text = String(decoding: name, as: UTF8.self)
    let isPlain = !name.isEmpty && name.allSatisfy { byte in byte >= 0x80 || isNameByte(byte) }
    guard !isPlain, let quoted = try? JSONValue.string(text).canonicalBytes() else { return text }
    return String(decoding: quoted, as: UTF8.self)
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    let small = lowercased(byte)
    return small >= UInt8(ascii: "a") && small <= UInt8(ascii: "z")
      || byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
      || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "$")
  }
}

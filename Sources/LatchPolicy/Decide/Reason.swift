import LatchJSON

/// What an agent is told: which rule, why, and what it may do instead; nothing else of the policy.
enum Reason {
  static let noObject = "the arguments are not an object"
  static let selfProtection =
    "Denied by guardrail `latch-self`: the call names a file of Latch's own or a client's configuration, "
    + "which only a person changes. Leave these files as they are and go on without the change."

  static func ofRule(_ rule: PreparedRule, _ effect: Effect, isGuardrail: Bool) -> String {
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

  static func byDefault(
    _ effect: Effect, _ tool: String, _ actionClass: ActionClass, spoke: PreparedRule?
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

  static func floor(_ floor: Decision.DecidedBy, _ tool: String) -> String {
    let why =
      switch floor {
      case .unknownTool: "`\(tool)` is not among the tools that were reviewed"
      case .changedTool: "`\(tool)` is not defined as it was when it was reviewed"
      default: "an argument of `\(tool)` cannot be read by the rules about it"
      }
    return "A person's approval is needed: \(why). Wait for it, or go on without this call."
  }
}

extension Decision {
  /// For a message that cannot be read as one thing; `problem` says what is wrong.
  package static func unreadable(_ problem: String, actionClass: ActionClass? = nil) -> Decision {
    Decision(
      .deny, by: .unreadable, actionClass: actionClass,
      reason: "Denied: the call cannot be read in one way only (\(problem)). Send it again in plain form.")
  }

  static func collision(_ name: String, _ actionClass: ActionClass?) -> Decision {
    .unreadable("the name `\(name)` stands twice in one object, but for case or form", actionClass: actionClass)
  }

  static func unknown(_ tool: String) -> Decision {
    Decision(
      .deny, by: .unknownTool,
      reason: "Denied: `\(tool)` is not among this server's reviewed tools. Use one of those that are listed.")
  }

  static func hidden(_ tool: String, _ actionClass: ActionClass) -> Decision {
    Decision(
      .deny, by: .hiddenTool, actionClass: actionClass,
      reason: "Denied: `\(tool)` is not offered. Use one of the tools that are listed.")
  }

  static func changed(_ tool: String, _ actionClass: ActionClass) -> Decision {
    Decision(
      .deny, by: .changedTool, actionClass: actionClass,
      reason: "Denied: the server now defines `\(tool)` otherwise than it was reviewed. Go on without it; "
        + "a person can review the change with `latch sync`.")
  }

  static func invalid(_ actionClass: ActionClass?, _ problem: String) -> Decision {
    Decision(
      .deny, by: .invalidArguments, actionClass: actionClass,
      reason: "Denied: the arguments are not as the tool's schema wants them: \(problem). Correct them and call again.")
  }

  static func unreadable(_ program: Program, _ question: Question, _ actionClass: ActionClass) -> Decision {
    let path = program.paths[Int(question.path)].text
    let form = question.needsString ? "a string" : "a number of ordinary size"
    return Decision(
      .deny, by: .unreadableArgument, actionClass: actionClass,
      reason: "Denied: a rule about this tool reads `\(path)`, which must be \(form). Send it in that form.")
  }
}

extension PreparedPath {
  /// As an author writes it.
  var text: String {
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

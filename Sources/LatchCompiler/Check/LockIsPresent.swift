import LatchSource

extension Check {
  /// Tools come from the lock; `latch build` turns these warnings into errors.
  static let lockIsPresent = Check(
    "L4001", "L4002", summary: "the lock has every enabled upstream"
  ) { model in
    guard !model.unread.contains(.lock) else { return [] }
    let unlocked = model.upstreams.filter { upstream in
      let declaration = upstream.declaration
      return upstream.isEnabled && !upstream.isLocked && declaration.isWhole
        && (declaration.command == nil) != (declaration.url == nil)
    }
    guard let first = unlocked.first else { return [] }
    return model.lock == nil ? [.noLock(first.declaration.name)] : unlocked.map { .notInLock($0.declaration.name) }
  }

  /// What was locked and is no longer in the policy.
  static let lockHasNoStrangers = Check("L4005", summary: "the lock has no upstream that the policy lacks") { model in
    guard model.unread.isDisjoint(with: [.definitions, .lock]) else { return [] }
    return model.strangers.map { stranger in
      Diagnostic(
        "L4005", .warning, "latch.lock has upstream `\(stranger.name)`, which the policy lacks; run `latch sync`",
        at: model.lockSource?.whole.beginning)
    }
  }
}

extension Model {
  /// What the lock has and the policy lacks, or lacks as far as it could be read.
  var strangers: [LockedUpstream] { (lock?.upstreams ?? []).filter { self[upstream: $0.name] == nil } }
}

extension Diagnostic {
  fileprivate static func noLock(_ name: Spanned<String>) -> Diagnostic {
    Diagnostic(
      "L4001", .warning, "there is no latch.lock, so the tools are not known; run `latch sync`", at: name.span,
      help: "what needs the tools was not checked")
  }

  fileprivate static func notInLock(_ name: Spanned<String>) -> Diagnostic {
    Diagnostic(
      "L4002", .warning, "upstream `\(name.value)` is not in latch.lock, so its tools are not known; run `latch sync`",
      at: name.span, help: "what needs its tools was not checked")
  }
}

import LatchJSON
import LatchPolicy

/// The policy changes while the session lasts: between messages, and only when the user asks for it.
extension Session {
  /// Takes up a policy in the place of the old one. What waits is decided by the new one.
  mutating func takeUp(_ loaded: LoadedPolicy, _ effects: inout Effects) {
    let (new, old) = (loaded.upstream, settings.upstream)
    guard let keys = try? loaded.approvalKeys() else { return keepPolicy(because: "a key in it is none", &effects) }
    guard new.launch == old.launch, new.allow == old.allow, new.timeout == old.timeout,
      loaded.limits == settings.limits, loaded.guarding.audit == settings.audit
    else {
      let reason = "it starts, limits or records the server otherwise, which only a new latch-proxy can do"
      return keepPolicy(because: reason, &effects)
    }
    settings.policy = loaded.policy
    settings.upstream = new
    settings.identity = loaded.identity
    settings.approvalKeys = keys
    catalogue = Catalogue(new.tools)
    effects.log.append("the policy \(loaded.identity.policy) is in force")
    recordEvent(.policyLoaded, "read anew", policy: loaded.identity, &effects)
    if conversation.announcesTools, conversation.isInitialized {
      effects.tellClient(Array(#"{"jsonrpc":"2.0","method":"notifications/tools/list_changed"}"#.utf8))
    }
    if holdsCalls { walk(&effects) }
  }

  /// The new policy cannot be taken up.
  mutating func keepPolicy(because reason: String, _ effects: inout Effects) {
    effects.log.append("the policy in force stays: \(reason)")
    recordEvent(.policyKept, reason, &effects)
  }
}

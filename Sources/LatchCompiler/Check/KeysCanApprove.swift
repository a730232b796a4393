import LatchPolicy
import LatchSource

extension Check {
  /// A signature is held against the keys of the policy; where there are none, nobody can give one.
  static let keysCanApprove = Check("L3401", summary: "whoever may approve by key has one in the policy") { model in
    guard !model.unread.contains(.settings), model.settings.defaults.approvalKeys == nil else { return [] }
    let rules = model.rules.map(\.declaration).filter(\.isWhole)
    let places = [model.settings.defaults.approval.keyPlace] + rules.map { $0.approval?.keyPlace }
    return places.compactMap(\.self).map { place in
      Diagnostic(
        "L3401",
        "nobody can approve by `key`: `defaults.approval.keys` has no key; add `keys: { NAME: … }` there, or leave "
          + "out `key`", at: place, help: howToMakeKeys)
    }
  }

  /// The record says by the name of a key who approved.
  static let keysHaveOneName = Check("L3402", summary: "every key is one person's") { model in
    var owners: [[UInt8]: Spanned<String>] = [:]
    return (model.settings.defaults.approvalKeys ?? []).compactMap { key in
      guard let publicKey = key.approver?.publicKey else { return nil }
      guard let owner = owners[publicKey] else {
        owners[publicKey] = key.name
        return nil
      }
      return Diagnostic(
        "L3402", "`\(key.name.value)` has the key of `\(owner.value)`; give every person a key of their own",
        at: key.name.span, notes: [Note("the same key", at: owner.span)])
    }
  }
}

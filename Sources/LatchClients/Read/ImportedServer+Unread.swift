import LatchJSON

extension ImportedServer {
  /// A member of a server's entry that is not taken over.
  package struct Unread: Sendable, Equatable {
    /// For instance `envFile`, `args[2]`.
    package var member: String
    /// Whether it would have been read in another form.
    package var isMisformed: Bool
  }

  /// Members that say how the server is to be started and when, in the forms that are read.
  private static func isForm(_ member: String, _ value: JSONValue, isRemote: Bool) -> Bool? {
    switch member {
    case "disabled", "enabled": value == .bool(true) || value == .bool(false)
    case "type", "transport": value.string != nil
    case "url", "serverUrl", "httpUrl": isRemote ? value.string != nil : nil
    case "headers": isRemote ? value.object != nil : nil
    case "command": isRemote ? nil : value.string != nil || value.array != nil
    case "args": isRemote ? nil : value.array != nil
    case "env": isRemote ? nil : value.object != nil
    case "cwd": isRemote ? nil : value.string != nil
    default: nil
    }
  }

  /// What of an entry is not read. `path` stands before the members' names.
  static func unread(in entry: JSONValue, isRemote: Bool, path: String = "") -> [Unread] {
    // A `transport` that is an object holds all of these.
    let isNested = path.isEmpty && entry["transport"]?.object != nil
    let address = isNested ? "" : ["url", "serverUrl", "httpUrl"].first { entry[$0] != nil }
    return (entry.object ?? []).flatMap { member -> [Unread] in
      let (name, value) = (member.name, member.value)
      // A list that lets nothing pass says what Latch does anyway.
      if value == .null || (value == .array([]) && ["autoApprove", "alwaysAllow"].contains(name)) { return [] }
      if isRemote, isNested, name.isSame(as: "transport") {
        return unread(in: value, isRemote: true, path: "transport.")
      }
      let isOther = ["url", "serverUrl", "httpUrl"].contains(name) && address?.isSame(as: name) == false
      let isRemoteHere = isRemote && !isNested
      guard !isOther, let isRead = isForm(name, value, isRemote: isRemoteHere) else {
        return [Unread(member: path + name, isMisformed: false)]
      }
      guard isRead else { return [Unread(member: path + name, isMisformed: true)] }
      return unreadElements(of: value, path + name).map { Unread(member: $0, isMisformed: true) }
    }
  }

  /// A variable that is null is one that is not set.
  private static func unreadElements(of value: JSONValue, _ path: String) -> [String] {
    switch value {
    case .array(let list): list.indices.filter { list[$0].scalarText == nil }.map { "\(path)[\($0)]" }
    case .object(let members):
      members.filter { $0.value.scalarText == nil && $0.value != .null }.map { "\(path).\($0.name)" }
    case .null, .bool, .number, .string: []
    }
  }
}

extension ImportedServer {
  /// What is said of the members that are not taken over, a sentence for each thing that is to be done.
  func unreadNotes(as name: String) -> [String] {
    var notes: [(advice: String, members: [String])] = []
    for one in unread {
      let advice = one.isMisformed ? "not read in this form; write it by hand" : Self.advice(on: one.member)
      if let index = notes.firstIndex(where: { $0.advice.isSame(as: advice) }) {
        notes[index].members.append(one.member)
      } else {
        notes.append((advice, [one.member]))
      }
    }
    return notes.map { "\($0.members.map { "`\($0)`" }.joined(separator: ", ")) of `\(name)`: \($0.advice)" }
  }

  private static func advice(on member: String) -> String {
    let member = member.dropping(prefix: "transport.") ?? member
    return advices.first { $0.members.contains(member) }?.text
      ?? "not taken over; add by hand what the server needs of it"
  }

  private static let advices: [(members: [String], text: String)] = [
    (
      ["envFile"],
      "not read; write what it sets into `env`, and what is secret there as `${env:NAME}` or `${file:PATH}`"
    ),
    (
      ["auth", "oauth", "oauthClientId", "authProviderType"],
      "not taken over, since Latch signs in nowhere; give the server a token in `headers`"
    ),
    (
      ["headersHelper"],
      "not run; write each of its headers into `headers`, where a value can be `{ command: [/abs/program] }`"
    ),
    (
      [
        "autoApprove", "alwaysAllow", "trust", "tools", "disabledTools", "enabledTools", "includeTools", "excludeTools",
      ],
      "not taken over; which calls pass, `rules` say"
    ),
    (["timeout"], "not taken over; write it with its unit, as in `timeout: 60s`"),
  ]
}

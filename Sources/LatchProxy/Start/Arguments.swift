/// What `latch-proxy` was started with.
package struct Arguments: Sendable, Equatable {
  package var bundle = ""
  package var upstream = ""
  package var client: String?
  package var project: String?
  /// A digest that the bundle or its policy has to have.
  package var pin: String?
  /// Where approvals, counts and the record are kept; nil: the user's own state directory.
  package var state: String?
  package var observes = false
}

/// What the words on the command line ask for.
package enum Invocation: Sendable, Equatable {
  case run(Arguments)
  case help
  case version
}

extension Invocation {
  /// Reads the words after the program's name. Nothing is guessed: what is not known is refused.
  static func parse(_ words: [String]) throws(StartError) -> Invocation {
    if words.contains("--help") || words.contains("-h") { return .help }
    if words.contains("--version") { return .version }
    var arguments = Arguments()
    var seen: [String] = []
    var rest = words[...]
    while let word = rest.popFirst() {
      let (option, attached) = split(word)
      try refuseUnknown(option, in: word)
      guard !seen.contains(option) else { throw StartError("`\(option)` stands twice") }
      seen.append(option)
      guard let value = attached ?? rest.popFirst(), !value.isEmpty else {
        throw StartError("`\(option)` wants a value")
      }
      try arguments.set(option, to: value)
    }
    for required in ["--bundle", "--upstream"] where !seen.contains(required) {
      throw StartError("`\(required)` is missing")
    }
    return .run(arguments)
  }

  private static let later = ["--trusted-key"]
  private static let known = ["--bundle", "--upstream", "--client", "--pin", "--project", "--state", "--mode"]

  /// `--name=value` and `--name value` mean the same.
  private static func split(_ word: String) -> (option: String, value: String?) {
    guard word.utf8.starts(with: "--".utf8), let sign = word.utf8.firstIndex(of: UInt8(ascii: "=")) else {
      return (word, nil)
    }
    return (String(word[..<sign]), String(word[word.utf8.index(after: sign)...]))
  }

  private static func refuseUnknown(_ option: String, in word: String) throws(StartError) {
    if known.contains(option) { return }
    if later.contains(option) {
      throw StartError("`\(option)` comes in a later version of Latch; this one cannot do it")
    }
    throw StartError("`\(word)` is not an option of latch-proxy; `latch-proxy --help` lists them")
  }
}

extension Arguments {
  fileprivate mutating func set(_ option: String, to value: String) throws(StartError) {
    switch option {
    case "--bundle": bundle = value
    case "--upstream": upstream = value
    case "--client": client = value
    case "--project": project = value
    case "--state":
      guard value.utf8.first == UInt8(ascii: "/") else { throw StartError("`--state` wants an absolute path") }
      state = value
    case "--mode":
      guard let mode = AuditSettings.Mode(rawValue: value) else {
        throw StartError("`--mode` is `enforce` or `observe`, not `\(value)`")
      }
      observes = mode == .observe
    case "--pin": pin = value
    default: preconditionFailure("every known option is set")
    }
  }
}

extension Invocation {
  package static let usage = """
    latch-proxy stands between an MCP client and one server, and holds every call against a frozen policy.

    USAGE: latch-proxy --bundle FILE --upstream NAME [--client ID] [--pin DIGEST] [--project DIR]
                   [--state DIR] [--mode enforce|observe]

      --bundle FILE    the policy that `latch build` wrote
      --upstream NAME  the server of that policy to stand before
      --client ID      the client that starts this, as rules name it; without it, rules that allow by client do not match
      --pin DIGEST     refuse any other policy: bundle:sha256:… or policy:sha256:…
      --project DIR    what ${project} stands for (absolute)
      --state DIR      where approvals, counts and the record are kept; else ~/.local/state/latch
      --mode MODE      enforce, or observe: record what the policy would deny and let it pass, if it says so itself
      --version        print the version
      --help           print this

    The client starts it and speaks MCP on its standard input and output; what it has to say goes to standard error.
    It ends with 0 when the client is done, 1 when the server ended by itself, 2 when it could not start.

    """
}

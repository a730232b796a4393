extension ImportPlan {
  /// Turns a client's servers into upstreams: names made valid, references respelled, secrets taken out.
  ///
  /// `looksSecret` gets a name and a value that stands in the file as it is, or with `$` in the place of what is filled
  /// in; `taken` are names already in use.
  package init(
    _ configuration: ImportedConfiguration, taken: [String] = [], looksSecret: @escaping (String, String) -> Bool
  ) {
    let finder = SecretFinder(looksSecret: looksSecret)
    var planner = ImportPlanner(taken: taken, prompts: configuration.prompts, finder: finder)
    for server in configuration.servers { planner.add(server) }
    self = planner.plan
    notes = configuration.notes + notes
  }
}

/// One import under way.
struct ImportPlanner {
  private(set) var plan = ImportPlan()
  let finder: SecretFinder
  private var names: [String]
  private let prompts: [ImportedServer.Setting]
  /// What each variable was found to hold, so that two servers' different tokens get two variables.
  private var held: [ImportedServer.Setting] = []
  /// Variables that the client's own references read.
  private var read: [String] = []

  init(taken: [String], prompts: [ImportedServer.Setting], finder: SecretFinder) {
    names = taken
    self.prompts = prompts
    self.finder = finder
  }

  mutating func add(_ server: ImportedServer) {
    if server.isBehindProxy { return note("`\(server.name)` is behind latch-proxy already and is left out") }
    let name = uniqueName(for: server.name)
    for text in server.unreadNotes(as: name) { note(text) }
    var draft = UpstreamDraft(
      name: name, transport: .http(isSSE: false, url: "", headers: []), isEnabled: server.isEnabled,
      secretInArguments: false)
    switch server.transport {
    case .stdio(let command, let arguments, let environment, let directory):
      let words = self.arguments(arguments, besides: environment, of: name)
      draft.secretInArguments = words.contains { $0.hasReference }
      draft.transport = .stdio(
        command: plain(command, "command", of: name), arguments: words.map(\.text),
        environment: environment.map { variable($0, of: name) },
        directory: directory.map { plain($0, "cwd", at: .directory, of: name) })
    case .http(let isSSE, let url, let headers):
      draft.transport = .http(
        isSSE: isSSE, url: plain(url, "url", of: name), headers: headers.map { header($0, of: name) })
    }
    if draft.secretInArguments {
      note(
        "`\(name)` has references in `args`: their values show in the process list, hence `secret_in_args: true`;"
          + " prefer `env` if the server reads the value there")
    }
    plan.upstreams.append(draft)
  }

  mutating func note(_ text: String) {
    if !plan.notes.contains(where: { $0.isSame(as: text) }) { plan.notes.append(text) }
  }

  /// Notes what a translated value wants and what of it was not understood.
  mutating func take(_ translation: Translation, _ origin: String) -> Translation {
    read += translation.variables
    for variable in translation.wanted where !plan.exports.contains(where: { $0.variable.isSame(as: variable) }) {
      let isHome = variable.isSame(as: "HOME")
      if !isHome { plan.exports.append(.init(variable: variable, origin: origin, wasLiteral: false)) }
    }
    for variable in translation.stripped {
      note("the default of `${env:\(variable)}` looks like a credential and is left out: export it")
    }
    for prompt in translation.prompts {
      let asked = prompts.first { $0.name.isSame(as: prompt) }?.value ?? ""
      note(
        "the client asked for `\(prompt)`\(asked.isEmpty ? "" : " (\(asked))"); it is now the variable "
          + "`\(variableName(from: prompt))`")
    }
    for variable in translation.kept {
      note(
        "\(origin): `${\(variable)}` is left for the program to fill in from its `env`; write `${env:\(variable)}` if it"
          + " does not")
    }
    for said in translation.predefined {
      note("\(origin): `\(said)` is filled in by the client and stays as text; write what it stands for")
    }
    for leftover in translation.leftovers {
      note("\(origin): `\(leftover)` cannot be written there and stays as text; edit it")
    }
    return translation
  }

  /// The variable for a value that stands in the client's file.
  mutating func reserve(_ wanted: String, holding value: String, for name: String, _ origin: String) -> String {
    func isFree(_ candidate: String) -> Bool {
      let isRead = read.contains { $0.isSame(as: candidate) }
      return !isRead && !held.contains { $0.name.isSame(as: candidate) && !$0.value.isSame(as: value) }
    }
    var variable = wanted
    let family = variableName(from: "\(name)_")
    let longer = wanted.dropping(prefix: family) == nil ? family + wanted : wanted
    if !isFree(variable) { variable = longer }
    var number = 2
    while !isFree(variable) {
      variable = "\(longer)_\(number)"
      number += 1
    }
    if !held.contains(where: { $0.name.isSame(as: variable) }) {
      held.append(ImportedServer.Setting(variable, value))
      plan.exports.append(.init(variable: variable, origin: origin, wasLiteral: true))
    }
    return variable
  }

  private mutating func uniqueName(for wanted: String) -> String {
    let base = validUpstreamName(from: wanted)
    var name = base
    var number = 2
    while names.contains(where: { $0.isSame(as: name) }) {
      name = String(base.prefix(60)) + "-\(number)"
      number += 1
    }
    if !name.isSame(as: wanted) { note("`\(wanted)` is called `\(name)` here") }
    names.append(name)
    return name
  }
}

/// The name with everything replaced that an upstream's name may not hold.
func validUpstreamName(from text: String) -> String {
  let mapped = text.unicodeScalars.map { scalar in
    scalar.isASCII
      && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || "_-".unicodeScalars.contains(scalar))
      ? Character(scalar) : "-"
  }
  let name = String(mapped.drop { $0 == "-" || $0 == "_" }.prefix(64))
  return name.isEmpty ? "server" : name
}

extension ImportedServer {
  /// Whether the client already starts the proxy in the server's place.
  var isBehindProxy: Bool {
    guard case .stdio(let command, _, _, _) = transport else { return false }
    return command.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init)?.isSame(as: "latch-proxy")
      ?? false
  }
}

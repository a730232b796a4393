extension ImportPlan {
  /// Turns a client's servers into upstreams: names made valid, references respelled, secrets taken out.
  ///
  /// `looksSecret` gets a name and a value that stands in the file as it is; `taken` are names already in use.
  package init(
    _ configuration: ImportedConfiguration, taken: [String] = [], looksSecret: @escaping (String, String) -> Bool
  ) {
    var planner = ImportPlanner(taken: taken, prompts: configuration.prompts, looksSecret: looksSecret)
    for server in configuration.servers { planner.add(server) }
    self = planner.plan
    notes = configuration.notes + notes
  }
}

/// One import under way.
struct ImportPlanner {
  private(set) var plan = ImportPlan()
  private var names: [String]
  private let prompts: [ImportedServer.Setting]
  private let looksSecret: (String, String) -> Bool
  /// What each variable was found to hold, so that two servers' different tokens get two variables.
  private var held: [ImportedServer.Setting] = []

  init(taken: [String], prompts: [ImportedServer.Setting], looksSecret: @escaping (String, String) -> Bool) {
    names = taken
    self.prompts = prompts
    self.looksSecret = looksSecret
  }

  mutating func add(_ server: ImportedServer) {
    if server.isBehindProxy {
      plan.notes.append("`\(server.name)` is behind latch-proxy already and is left out")
      return
    }
    let name = uniqueName(for: server.name)
    var draft = UpstreamDraft(
      name: name, transport: .http(isSSE: false, url: "", headers: []), isEnabled: server.isEnabled,
      secretInArguments: false)
    switch server.transport {
    case .stdio(let command, let arguments, let environment, let directory):
      let words = self.arguments(arguments, of: name)
      draft.secretInArguments = words.contains { $0.hasReference }
      draft.transport = .stdio(
        command: plain(command, "command", of: name), arguments: words.map(\.text),
        environment: environment.map { variable($0, of: name) },
        directory: directory.map { take(translated($0, at: .directory), "cwd", of: name).text })
    case .http(let isSSE, let url, let headers):
      draft.transport = .http(
        isSSE: isSSE, url: plain(url, "url", of: name), headers: headers.map { header($0, of: name) })
    }
    if draft.secretInArguments {
      plan.notes.append(
        "`\(name)` has references in `args`: their values show in the process list, hence `secret_in_args: true`;"
          + " prefer `env` if the server reads the value there")
    }
    plan.upstreams.append(draft)
  }

  /// A value in which nothing is filled in.
  private mutating func plain(_ value: String, _ key: String, of name: String) -> String {
    if looksSecret(key, value) {
      plan.notes.append("the \(key) of `\(name)` holds what looks like a credential; move it to `headers` or `env`")
    }
    return take(translated(value, at: .literal), key, of: name).text
  }

  private mutating func variable(_ setting: ImportedServer.Setting, of name: String) -> ImportedServer.Setting {
    let origin = "env.\(setting.name)"
    let translation = translated(setting.value, at: .environment, called: setting.name)
    guard translation.variables.isEmpty, isSecret(setting.name, setting.value) else {
      return ImportedServer.Setting(setting.name, take(translation, origin, of: name).text)
    }
    let variable = reserve(variableName(from: setting.name), holding: setting.value, for: name, origin)
    return ImportedServer.Setting(setting.name, "${env:\(variable)}")
  }

  private mutating func header(_ setting: ImportedServer.Setting, of name: String) -> ImportedServer.Setting {
    let origin = "headers.\(setting.name)"
    let translation = translated(setting.value, at: .header, called: setting.name)
    guard translation.variables.isEmpty, isSecret(setting.name, setting.value) else {
      return ImportedServer.Setting(setting.name, take(translation, origin, of: name).text)
    }
    let scheme = ["Bearer ", "Basic ", "Token ", "token "].first { setting.value.utf8.starts(with: $0.utf8) } ?? ""
    let isAuthorization = setting.name.lowercased().isSame(as: "authorization")
    let wanted = variableName(from: "\(name)_\(isAuthorization ? "TOKEN" : setting.name)")
    let secret = setting.value.dropping(prefix: scheme) ?? setting.value
    let variable = reserve(wanted, holding: secret, for: name, origin)
    return ImportedServer.Setting(setting.name, "\(scheme)${env:\(variable)}")
  }

  private typealias Word = (text: String, hasReference: Bool)

  private mutating func arguments(_ arguments: [String], of name: String) -> [Word] {
    var words: [Word] = []
    var option = ""
    for (index, argument) in arguments.enumerated() {
      words.append(word(argument, after: option, origin: "args[\(index)]", of: name))
      option = argument.utf8.first == UInt8(ascii: "-") ? argument : ""
    }
    return words
  }

  /// An argument; of `--api-key=VALUE` and `KEY=VALUE` the name is kept.
  private mutating func word(_ argument: String, after option: String, origin: String, of name: String) -> Word {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let isPair = parts.count == 2 && !parts[0].contains("/") && !parts[0].contains(" ")
    let (key, value) = isPair ? (parts[0], parts[1]) : (option, argument)
    let translation = translated(argument, at: .argument, called: key)
    if translation.variables.isEmpty {
      let isOption = !isPair && argument.utf8.first == UInt8(ascii: "-")
      if !isOption, isSecret(key, value) {
        let plainKey = String(key.drop { $0 == "-" })
        let wanted = variableName(from: "\(name)_\(plainKey.isEmpty ? "SECRET" : plainKey)")
        let variable = reserve(wanted, holding: value, for: name, origin)
        return ((isPair ? "\(key)=" : "") + "${env:\(variable)}", true)
      }
    }
    return (take(translation, origin, of: name).text, !translation.variables.isEmpty)
  }

  /// `name`: of the setting or option whose value it is.
  private func translated(_ value: String, at place: Translation.Place, called name: String = "") -> Translation {
    Translation(value, at: place) { [self] in isSecret($0, $1) || isSecret(name, $1) }
  }

  private func isSecret(_ name: String, _ value: String) -> Bool {
    looksSecret(name, value) || (namesSecret(name) && !isPlainlyNoSecret(value))
  }

  /// Notes what a translated value wants and what of it was not understood.
  private mutating func take(_ translation: Translation, _ origin: String, of name: String) -> Translation {
    for variable in translation.variables where !plan.exports.contains(where: { $0.variable.isSame(as: variable) }) {
      let isHome = variable.isSame(as: "HOME")
      if !isHome { plan.exports.append(.init(variable: variable, origin: "\(origin) of `\(name)`", wasLiteral: false)) }
    }
    for variable in translation.stripped {
      plan.notes.append("the default of `${env:\(variable)}` looks like a credential and is left out: export it")
    }
    for prompt in translation.prompts {
      let asked = prompts.first { $0.name.isSame(as: prompt) }?.value ?? ""
      plan.notes.append(
        "the client asked for `\(prompt)`\(asked.isEmpty ? "" : " (\(asked))"); it is now the variable "
          + "`\(variableName(from: prompt))`")
    }
    for leftover in translation.leftovers {
      plan.notes.append("\(origin) of `\(name)`: `\(leftover)` cannot be written there and stays as text; edit it")
    }
    return translation
  }

  private mutating func reserve(
    _ wanted: String, holding value: String, for name: String, _ origin: String
  ) -> String {
    func isFree(_ candidate: String) -> Bool {
      let isRead = plan.exports.contains { !$0.wasLiteral && $0.variable.isSame(as: candidate) }
      return !isRead && !held.contains { $0.name.isSame(as: candidate) && !$0.value.isSame(as: value) }
    }
    var variable = wanted
    if !isFree(variable) { variable = variableName(from: "\(name)_\(wanted)") }
    var number = 2
    while !isFree(variable) {
      variable = variableName(from: "\(name)_\(wanted)_\(number)")
      number += 1
    }
    if !held.contains(where: { $0.name.isSame(as: variable) }) {
      held.append(ImportedServer.Setting(variable, value))
      plan.exports.append(.init(variable: variable, origin: "\(origin) of `\(name)`", wasLiteral: true))
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
    if !name.isSame(as: wanted) { plan.notes.append("`\(wanted)` is called `\(name)` here") }
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

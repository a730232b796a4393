/// The values of one server, secrets taken out.
extension ImportPlanner {
  typealias Word = (text: String, hasReference: Bool)

  /// Where a value stands and how the variables for its secrets are called.
  private struct Slot {
    var place: Translation.Place
    /// For instance `env.TOKEN`.
    var key: String
    var upstream: String
    /// The setting or option that it is the value of.
    var name = ""
    /// What stands before the value.
    var head = ""
    /// For a secret that has no name in the value.
    var variable: String
    /// Before the names that secrets have in the value.
    var family: String
    var own: [String] = []

    var origin: String { "\(key) of `\(upstream)`" }
  }

  mutating func variable(_ setting: ImportedServer.Setting, of upstream: String) -> ImportedServer.Setting {
    let slot = Slot(
      place: .environment, key: "env.\(setting.name)", upstream: upstream, name: setting.name,
      variable: setting.name, family: setting.name)
    let text = ClientText(setting.value)
    let parts = finder.parts(ofSetting: setting.name, text, keepingScheme: false)
    return ImportedServer.Setting(setting.name, written(text, without: parts, in: slot).text)
  }

  mutating func header(_ setting: ImportedServer.Setting, of upstream: String) -> ImportedServer.Setting {
    let slot = headerSlot(.header, "headers.\(setting.name)", setting.name, of: upstream)
    let text = ClientText(setting.value)
    let parts = finder.parts(ofSetting: setting.name, text, keepingScheme: true)
    return ImportedServer.Setting(setting.name, written(text, without: parts, in: slot).text)
  }

  private func headerSlot(
    _ place: Translation.Place, _ key: String, _ header: String, of upstream: String, own: [String] = []
  ) -> Slot {
    let isAuthorization = header.lowercased().isSame(as: "authorization")
    let variable = "\(upstream)_\(isAuthorization ? "TOKEN" : header)"
    return Slot(
      place: place, key: key, upstream: upstream, name: header, variable: variable, family: variable, own: own)
  }

  /// A value in which nothing is filled in: a secret gets a reference all the same, which no build lets pass.
  mutating func plain(
    _ value: String, _ key: String, at place: Translation.Place = .literal, of upstream: String
  ) -> String {
    let slot = Slot(
      place: place, key: key, upstream: upstream, name: key, variable: "\(upstream)_\(key)", family: upstream)
    let text = ClientText(value)
    let parts = finder.parts(within: text, called: key)
    let word = written(text, without: parts, in: slot)
    if !parts.isEmpty {
      note(
        "the \(key) of `\(upstream)` held what looks like a credential, and `latch validate` refuses the reference that"
          + " stands in its place: pass it in \(key.isSame(as: "url") ? "`headers`" : "`env`"), if the server reads it"
          + " there")
    }
    return word.text
  }

  /// `environment`: what the client sets for the same server.
  mutating func arguments(
    _ arguments: [String], besides environment: [ImportedServer.Setting], of upstream: String
  ) -> [Word] {
    // `"TOKEN": "${TOKEN}"` says that the client fills such references in, in arguments too.
    let own = environment.filter { setting in
      !ClientText(setting.value).references.contains {
        guard case .variable(let name, _, isBare: true) = ClientReference($0.inside) else { return false }
        return name.isSame(as: setting.name)
      }
    }
    var words: [Word] = []
    var option = ""
    for (index, argument) in arguments.enumerated() {
      var slot = Slot(
        place: .argument, key: "args[\(index)]", upstream: upstream, variable: "", family: upstream)
      slot.own = own.map(\.name)
      words.append(word(argument, after: option, in: slot))
      option = isOption(argument) ? argument : ""
    }
    return words
  }

  /// Whether what follows may be its value; a key in its armour begins like an option.
  private func isOption(_ argument: String) -> Bool {
    let isOne = argument.utf8.first == UInt8(ascii: "-") || argument.lowercased().isSame(as: "/c")
    return isOne && !argument.contains { $0 == " " || $0 == "\n" } && !finder.looksSecret("", argument)
  }

  /// An argument; of `--api-key=VALUE`, `KEY=VALUE` and `Header: VALUE` the name is kept.
  private mutating func word(_ argument: String, after option: String, in slot: Slot) -> Word {
    if let (head, name) = headerName(in: argument, after: option) {
      var slot = headerSlot(slot.place, slot.key, name, of: slot.upstream, own: slot.own)
      slot.head = head
      let value = ClientText(argument.dropping(prefix: head) ?? "")
      let parts = finder.parts(ofSetting: name, value, keepingScheme: true)
      if isClean(value, without: parts, in: slot) { return written(value, without: parts, in: slot) }
    }
    let pair = pair(in: argument, after: option)
    let isFlag = pair == nil && argument.utf8.first == UInt8(ascii: "-")
    var slot = slot
    slot.name = isFlag || isScript(option) ? "" : pair?.name ?? option
    let plainName = String(slot.name.drop { $0 == "-" })
    slot.variable = "\(slot.upstream)_\(plainName.isEmpty ? "SECRET" : plainName)"
    slot.head = pair.map { "\($0.name)=" } ?? ""
    let value = ClientText(pair?.value ?? argument)
    let parts =
      finder.tells(slot.name)
      ? finder.parts(ofSetting: slot.name, value, keepingScheme: false)
      : finder.parts(within: value, called: slot.name)
    if slot.head.isEmpty || isClean(value, without: parts, in: slot) { return written(value, without: parts, in: slot) }
    slot.head = ""
    let whole = ClientText(argument)
    return written(whole, without: finder.parts(within: whole, called: ""), in: slot)
  }

  /// Whether what stands before the value makes no secret of what is left of it.
  private func isClean(_ value: ClientText, without parts: [SecretPart], in slot: Slot) -> Bool {
    !finder.looksSecret("", slot.head + value.literals(hiding: parts.map(\.range)))
  }

  /// `--key=value` and `KEY=value`. What a shell is to read, and may go on with a command, is no pair, nor is what an
  /// option is given that takes a secret.
  private func pair(in argument: String, after option: String) -> (name: String, value: String)? {
    let isOption = argument.utf8.first == UInt8(ascii: "-")
    guard !isScript(option), isOption || !finder.tells(option),
      let sign = argument.utf8.firstIndex(of: UInt8(ascii: "="))
    else { return nil }
    let name = String(argument[..<sign])
    let value = String(argument[argument.utf8.index(after: sign)...])
    let isName = name.utf8.allSatisfy { !"/ ${}\"':?&".utf8.contains($0) }
    let isWhole = isOption || ["-e", "--env"].contains(option) || !value.contains(" ")
    return isName && isWhole && !finder.looksSecret("", name) ? (name, value) : nil
  }

  /// `sh -c`, `bash -lc`, `cmd /c`, `pwsh -Command`.
  private func isScript(_ option: String) -> Bool {
    let option = option.lowercased()
    return ["/c", "-command"].contains(option) || (option.hasPrefix("-") && option.hasSuffix("c") && option.count <= 4)
  }

  private func headerName(in argument: String, after option: String) -> (head: String, name: String)? {
    guard ["-H", "--header", "--headers"].contains(option), let colon = argument.utf8.firstIndex(of: UInt8(ascii: ":")),
      colon > argument.startIndex
    else { return nil }
    let name = argument[..<colon]
    let rest = argument[argument.utf8.index(after: colon)...]
    guard name.utf8.allSatisfy({ !" ${}\"'=/".utf8.contains($0) }), !rest.utf8.starts(with: "//".utf8) else {
      return nil
    }
    let spaces = rest.prefix { $0 == " " }
    return ("\(name):\(spaces)", String(name))
  }

  /// The value with a reference in the place of each of the parts.
  private mutating func written(_ text: ClientText, without parts: [SecretPart], in slot: Slot) -> Word {
    var moves: [Translation.Move] = []
    for part in parts {
      let wanted = variableName(from: part.label.isEmpty ? slot.variable : "\(slot.family)_\(part.label)")
      let filled = text.references(within: part.range).map { "`\($0)`" }
      let hint = filled.isEmpty ? "" : "; put in what \(filled.joined(separator: ", ")) stands for"
      let variable = reserve(wanted, holding: text[part.range], for: slot.upstream, slot.origin + hint)
      moves.append(Translation.Move(range: part.range, variable: variable))
    }
    let translation = Translation(text, at: slot.place, after: slot.head, moving: moves, own: slot.own) {
      [finder] in finder.isSecret($0, $1) || finder.isSecret(slot.name, $1)
    }
    let taken = take(translation, slot.origin)
    return (taken.text, !taken.variables.isEmpty || !moves.isEmpty)
  }
}

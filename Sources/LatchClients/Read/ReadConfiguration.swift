import LatchJSON

extension ImportedConfiguration {
  /// Reads `mcpServers` (Claude Desktop, Claude Code, Cursor), VS Code's `servers`, and the state file of Claude Code
  /// with its projects; the shape is recognised, not asked for.
  package init(reading bytes: [UInt8]) throws(ConfigurationError) {
    let root: JSONValue
    do {
      root = try ConfigurationText.parse(bytes)
    } catch {
      throw .notJSON(message: error.message, offset: error.offset)
    }
    guard case .object(let members) = root else { throw .unknownShape(keys: []) }
    guard !read(root: root, members: members) else { return }
    throw .unknownShape(keys: members.map(\.name))
  }

  private mutating func read(root: JSONValue, members: [JSONValue.Member]) -> Bool {
    readPrompts(root["inputs"])
    if let map = root["mcpServers"]?.object ?? root["servers"]?.object ?? root["mcp"]?["servers"]?.object {
      readPrompts(root["mcp"]?["inputs"])
      add(map)
      addProjects(root["projects"])
      return true
    }
    if let projects = root["projects"], projects.object?.contains(where: { $0.value["mcpServers"] != nil }) == true {
      addProjects(projects)
      return true
    }
    let isBareMap = !members.isEmpty && members.allSatisfy { $0.value["command"] != nil || $0.value["url"] != nil }
    if isBareMap { add(members) }
    return isBareMap
  }

  private mutating func readPrompts(_ inputs: JSONValue?) {
    guard case .array(let list)? = inputs else { return }
    for input in list {
      guard let id = input["id"]?.string else { continue }
      prompts.append(ImportedServer.Setting(id, input["description"]?.string ?? ""))
    }
  }

  private mutating func addProjects(_ projects: JSONValue?) {
    for project in projects?.object ?? [] { add(project.value["mcpServers"]?.object ?? []) }
  }

  private mutating func add(_ map: [JSONValue.Member]) {
    for member in map {
      guard let server = read(server: member.value, name: member.name) else { continue }
      let twins = servers.filter { $0.transport == server.transport && $0.name.isSame(as: server.name) }
      if twins.isEmpty { servers.append(server) }
    }
  }

  private mutating func read(server: JSONValue, name: String) -> ImportedServer? {
    guard let transport = transport(of: server) else {
      notes.append("`\(name)` has neither `command` nor `url` and is left out")
      return nil
    }
    let isOff = server["disabled"] == .bool(true) || server["enabled"] == .bool(false)
    let isRemote = if case .http = transport { true } else { false }
    let unread = ImportedServer.unread(in: server, isRemote: isRemote)
    return ImportedServer(name: name, transport: transport, isEnabled: !isOff, unread: unread)
  }

  private func transport(of server: JSONValue) -> ImportedServer.Transport? {
    let remote = server["transport"].flatMap { $0.object == nil ? nil : $0 } ?? server
    if let url = (remote["url"] ?? remote["serverUrl"] ?? remote["httpUrl"])?.string {
      let kind = (remote["type"] ?? remote["transport"])?.string ?? ""
      return .http(isSSE: kind.isSame(as: "sse"), url: url, headers: settings(remote["headers"]))
    }
    var words: [String] = []
    if case .array(let list)? = server["command"] { words = list.compactMap(\.scalarText) }
    if let command = server["command"]?.string { words = [command] }
    guard let command = words.first, !command.isEmpty else { return nil }
    if case .array(let list)? = server["args"] { words += list.compactMap(\.scalarText) }
    return .stdio(
      command: command, arguments: Array(words.dropFirst()), environment: settings(server["env"]),
      directory: server["cwd"]?.string)
  }

  private func settings(_ map: JSONValue?) -> [ImportedServer.Setting] {
    (map?.object ?? []).compactMap { member in
      member.value.scalarText.map { ImportedServer.Setting(member.name, $0) }
    }
  }
}

extension JSONValue {
  /// What a variable holds when a client writes a number or a boolean for it; null is nothing.
  var scalarText: String? {
    switch self {
    case .string(let text), .number(let text): text
    case .bool(let value): value ? "true" : "false"
    case .null, .array, .object: nil
    }
  }
}

extension String {
  /// Byte for byte: Swift's own `==` merges different spellings of a character.
  func isSame(as other: String) -> Bool { utf8.elementsEqual(other.utf8) }
}

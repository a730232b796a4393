/// A program that runs, as far as the system says what it is.
package struct RunningProgram: Sendable, Equatable {
  /// Its file; nil where the system does not tell, since it is another user's.
  package var path: String?
  /// What the system calls it: of its own choosing, and cut off after 15 bytes on Linux.
  package var name: String
  package var arguments: [String]

  package init(path: String?, name: String, arguments: [String]) {
    self.path = path
    self.name = name
    self.arguments = arguments
  }

  /// The client that this is a program of.
  ///
  /// What hides is not found: a program may call itself what it likes. This keeps an agent from approving its own calls
  /// where it only runs what it is told to, and says so where a person has forgotten in whose terminal they are.
  package var client: Client? { Client.all.first { client in client.programs.contains(where: isCalled) } }

  /// Whether its file, its name, its script or the directory that it is installed in is called so.
  package func isCalled(_ wanted: String) -> Bool {
    let wanted = wanted.lowercased().utf8
    if words.contains(where: { $0.lowercased().utf8.elementsEqual(wanted) }) { return true }
    return name.utf8.count == Self.cut && wanted.starts(with: name.lowercased().utf8)
  }

  /// So much of a name Linux keeps.
  private static let cut = 15
}

extension RunningProgram {
  private var words: [String] {
    let files = [path, arguments.first].compactMap { $0 }
    let scripts = script.map { [$0] } ?? []
    return [name] + files.map(lastPart) + scripts.map(lastPart).map(withoutEnding)
      + (files + scripts).flatMap(homes)
  }

  /// What an interpreter runs: its first argument that is no option.
  private var script: String? {
    let own = [path.map(lastPart), name, arguments.first.map(lastPart)].compactMap { $0 }
    guard own.contains(where: isInterpreter) else { return nil }
    return arguments.dropFirst().first { $0.utf8.first != UInt8(ascii: "-") }
  }
}

private func isInterpreter(_ name: String) -> Bool {
  ["node", "nodejs", "bun", "deno", "ruby"].contains(name) || name.hasPrefix("python") || name.hasPrefix("pypy")
}

private func parts(_ path: String) -> [String] { path.split(separator: "/").map(String.init) }

private func lastPart(_ path: String) -> String { parts(path).last ?? path }

private func withoutEnding(_ name: String) -> String {
  let endings = [".js", ".mjs", ".cjs", ".ts", ".py", ".rb"]
  return endings.first(where: name.hasSuffix).map { String(name.dropLast($0.count)) } ?? name
}

/// The directories in the path that hold one program each: `Cursor.app`, `.vscode-server`, `/opt/Claude`,
/// `node_modules/@google/gemini-cli`.
private func homes(in path: String) -> [String] {
  let shelves = ["share", "opt", "lib", "node_modules", "site-packages"]
  let parts = parts(path)
  return parts.indices.dropLast().flatMap { index -> [String] in
    let part = parts[index]
    if part.hasSuffix(".app") { return [String(part.dropLast(4))] }
    if part.hasPrefix("."), let server = part.firstRange(of: "-server") {
      return [String(part[..<server.lowerBound].dropFirst())]
    }
    guard index > 0 else { return [] }
    let isScoped = parts[index - 1].hasPrefix("@") && index > 1 && shelves.contains(parts[index - 2])
    return isScoped || shelves.contains(parts[index - 1]) ? [part] : []
  }
}

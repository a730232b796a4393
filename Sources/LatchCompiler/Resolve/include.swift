package import LatchSource

/// What lies in a directory of the project, as `findIncludes` asks for it.
package struct DirectoryEntry: Sendable, Equatable {
  package enum Kind: Sendable, Equatable {
    case file, directory, other
    /// `mayBeDirectory`: whether it may lead to a directory.
    case symbolicLink(mayBeDirectory: Bool)
    /// It is there, and cannot be looked at: why.
    case unreadable(String)
  }

  /// What a directory has in the place of entries that cannot be told.
  package static func unreadable(because why: String) -> DirectoryEntry {
    DirectoryEntry(name: ".", kind: .unreadable(why))
  }

  package var name: String
  package var kind: Kind

  package init(name: String, kind: Kind) {
    self.name = name
    self.kind = kind
  }
}

/// Which files the `include:` of a `latch.yaml` names: paths relative to the project, sorted.
///
/// `list` gives what a directory (relative, `""` for the project itself) holds. Nothing outside the project is asked for,
/// and symbolic links are refused, so that a cloned project reads nothing that is not in it.
package func findIncludes(
  in root: ProjectFile, list: (String) -> [DirectoryEntry]
) -> (paths: [String], found: [Diagnostic]) {
  let source = Source(path: root.path, bytes: root.bytes)
  guard let yaml = read(source).value, let tree = tree(of: yaml).value else { return ([], []) }
  var paths: Set<String> = []
  var found: [Diagnostic] = []
  withoutActuallyEscaping(list) { list in
    for text in tree.root["include"]?.elements.compactMap(\.string) ?? [] {
      guard let pattern = try? IncludePattern(text.value) else { continue }
      var walk = IncludeWalk(pattern: pattern, text: text, list: list)
      walk.follow(pattern.start, from: "")
      paths.formUnion(walk.paths)
      found += walk.found
    }
  }
  paths.remove(root.path)
  return (inByteOrder(paths, \.self), found)
}

/// What is wrong with the patterns of `include:`, given the files that were included.
///
/// A pattern that matches nothing is an error: the rules that its author meant would be missing. `blamed` is what finding
/// the files found: of a pattern that leads to what cannot be read nobody knows whether it matches nothing.
func includesAreInOrder(
  _ patterns: [Spanned<String>], included: [String], blamed: [Diagnostic]
) -> [Diagnostic] {
  let blamed = Set(blamed.compactMap(\.span))
  return patterns.compactMap { text -> Diagnostic? in
    do throws(IncludePattern.Refusal) {
      let pattern = try IncludePattern(text.value)
      return blamed.contains(text.span) || included.contains(where: pattern.matches) ? nil : .includesNothing(text)
    } catch {
      switch error {
      case .leavesProject: return .includeLeavesProject(text)
      case .notYAML: return .includeIsNoYAML(text)
      case .badGlob(let why):
        return Diagnostic("L2203", "`\(text.value)` is not a glob: \(why)", at: text.span)
      }
    }
  }
}

/// Walks the directories that a pattern leads into, each once, and no others.
private struct IncludeWalk {
  let pattern: IncludePattern
  let text: Spanned<String>
  let list: (String) -> [DirectoryEntry]
  var paths: Set<String> = []
  var found: [Diagnostic] = []

  mutating func follow(_ positions: Set<Int>, from directory: String) {
    for entry in inByteOrder(list(directory), \.name) {
      if case .unreadable(let why) = entry.kind, entry.name == "." {
        found.append(.includeIsUnreadable(text, directory.isEmpty ? "." : directory, why))
      } else {
        take(entry, directory.isEmpty ? entry.name : "\(directory)/\(entry.name)", positions)
      }
    }
  }

  /// Nothing is passed over that could be a policy file or hold one.
  private mutating func take(_ entry: DirectoryEntry, _ path: String, _ positions: Set<Int>) {
    let next = pattern.step(positions, entry.name)
    let isNamed = pattern.names(entry.name, at: positions)
    let isFile = isNamed && pattern.accepts(next)
    let isWay = pattern.leadsOn(next) && (isNamed || !isPassedOver(entry.name))
    switch entry.kind {
    case .file: if isFile { paths.insert(path) }
    case .directory: if isWay { follow(next, from: path) }
    case .symbolicLink(let mayBeDirectory):
      if isFile || isWay && mayBeDirectory { found.append(.includeIsLink(text, path)) }
    case .unreadable(let why): if isFile || isWay { found.append(.includeIsUnreadable(text, path, why)) }
    case .other: if isFile { found.append(.includeIsUnreadable(text, path, "it is no regular file")) }
    }
  }

  /// `**` does not enter what is never policy and may be very large.
  private func isPassedOver(_ name: String) -> Bool { [".git", ".latch", "node_modules"].contains(name) }
}

extension Diagnostic {
  fileprivate static func includesNothing(_ pattern: Spanned<String>) -> Diagnostic {
    Diagnostic(
      "L2201", "no file of the project matches `\(pattern.value)`; create it or leave it out", at: pattern.span)
  }

  fileprivate static func includeLeavesProject(_ pattern: Spanned<String>) -> Diagnostic {
    Diagnostic(
      "L2202",
      "`\(pattern.value)` may lead out of the project; write a path relative to latch.yaml without `.` and `..`",
      at: pattern.span)
  }

  fileprivate static func includeIsNoYAML(_ pattern: Spanned<String>) -> Diagnostic {
    Diagnostic(
      "L2204", "`\(pattern.value)` may name what is no YAML; end it in `.yaml` or `.yml`", at: pattern.span)
  }

  fileprivate static func includeIsLink(_ pattern: Spanned<String>, _ path: String) -> Diagnostic {
    Diagnostic(
      "L2202", "`\(path)` is a symbolic link, which may lead out of the project; include the file itself",
      at: pattern.span)
  }

  fileprivate static func includeIsUnreadable(
    _ pattern: Spanned<String>, _ path: String, _ why: String
  ) -> Diagnostic {
    Diagnostic(
      "L2205", "`\(path)` cannot be read, and `\(pattern.value)` may name policy there: \(why)", at: pattern.span,
      help: "let it be read, or write a pattern that does not lead there")
  }
}

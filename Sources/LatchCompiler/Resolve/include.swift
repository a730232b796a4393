package import LatchSource

/// What lies in a directory of the project, as `findIncludes` asks for it.
package struct DirectoryEntry: Sendable, Equatable {
  package enum Kind: Sendable { case file, directory, symbolicLink, other }

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
/// A pattern that matches nothing is an error: the rules that its author meant would be missing.
func includesAreInOrder(_ patterns: [Spanned<String>], included: [String]) -> [Diagnostic] {
  patterns.compactMap { text -> Diagnostic? in
    do throws(IncludePattern.Refusal) {
      let pattern = try IncludePattern(text.value)
      return included.contains(where: pattern.matches) ? nil : .includesNothing(text)
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
      let next = pattern.step(positions, entry.name)
      guard !next.isEmpty else { continue }
      let path = directory.isEmpty ? entry.name : "\(directory)/\(entry.name)"
      let isNamed = pattern.names(entry.name, at: positions)
      switch entry.kind {
      case .file: if isNamed, pattern.accepts(next) { paths.insert(path) }
      case .directory: if isNamed || !isPassedOver(entry.name) { follow(next, from: path) }
      case .symbolicLink: if isNamed { found.append(.includeIsLink(text, path)) }
      case .other: break
      }
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
}

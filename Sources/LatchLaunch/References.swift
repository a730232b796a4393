#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// What references are filled in from. Their values live in this process only.
package struct References: Sendable {
  package var environment: ProcessEnvironment
  /// Absolute, no final slash; nil where none was given.
  package var project: String?
  package var home: String?

  package init(environment: ProcessEnvironment, project: String?) throws(LaunchError) {
    self.environment = environment
    home = environment["HOME"].flatMap { $0.utf8.first == UInt8(ascii: "/") ? $0.withoutFinalSlashes : nil }
    if let project { self.project = try Self.checked(project: project, home: home) }
  }

  /// The text with every reference filled in.
  package func resolve(_ text: ReferenceText) throws(LaunchError) -> String {
    var result = ""
    for part in text.parts {
      switch part {
      case .literal(let literal): result += literal
      case .environment(let name, let fallback): result += try variable(name, fallback: fallback)
      case .file(let path): result += try firstLine(ofSecretFile: expanded(path))
      case .project: result += try project.orThrow(.missingProject)
      case .home: result += try home.orThrow(.missingHome)
      }
    }
    return result
  }

  /// The text as its author wrote it, with every reference filled in.
  package func resolve(_ text: String) throws(LaunchError) -> String { try resolve(ReferenceText(parsing: text)) }

  /// What stands in the place of the text's references to variables and secret files.
  package func secrets(in text: String) -> [String] {
    guard let parts = try? ReferenceText(parsing: text).parts else { return [] }
    return parts.compactMap { part in
      switch part {
      case .environment(let name, let fallback): try? variable(name, fallback: fallback)
      case .file(let path): (try? expanded(path)).flatMap { try? firstLine(ofSecretFile: $0) }
      case .literal, .project, .home: nil
      }
    }
  }

  /// An empty variable counts as one that is not set: so clients hand on what is not set where they start.
  private func variable(_ name: String, fallback: String?) throws(LaunchError) -> String {
    let value = environment[name].flatMap { $0.isEmpty ? nil : $0 }
    return try (value ?? fallback).orThrow(.missingVariable(name))
  }

  private func expanded(_ path: String) throws(LaunchError) -> String {
    guard path.utf8.starts(with: "~/".utf8) else { return path }
    return try home.orThrow(.missingHome) + String(decoding: path.utf8.dropFirst(1), as: UTF8.self)
  }

  private static func checked(project: String, home: String?) throws(LaunchError) -> String {
    let path = project.withoutFinalSlashes
    let isClean = !path.utf8.split(separator: UInt8(ascii: "/")).contains { $0.elementsEqual("..".utf8) }
    guard path.utf8.first == UInt8(ascii: "/"), path.utf8.count > 1, isClean,
      !path.utf8.elementsEqual((home ?? "").utf8), !path.utf8.contains(0)
    else { throw .unsuitableProject(project) }
    return path
  }
}

extension String {
  /// The path without the slashes at its end; `/` alone becomes empty.
  fileprivate var withoutFinalSlashes: String {
    var bytes = Array(utf8)
    while bytes.last == UInt8(ascii: "/") { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension Optional {
  fileprivate func orThrow(_ error: LaunchError) throws(LaunchError) -> Wrapped {
    guard let self else { throw error }
    return self
  }
}

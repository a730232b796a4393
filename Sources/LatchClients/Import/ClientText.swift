/// A client's value taken apart at its references, in the client's own spelling.
struct ClientText {
  /// A reference and where it stands: UTF-8 offsets, half open.
  struct Placed {
    var range: Range<Int>
    /// What stands between the braces.
    var inside: String
  }

  let bytes: [UInt8]
  private(set) var references: [Placed] = []

  init(_ text: String) {
    bytes = Array(text.utf8)
    // Behind the last brace no reference ends; it is looked for once.
    let last = bytes.lastIndex(of: UInt8(ascii: "}")) ?? 0
    var index = 0
    while index < last {
      guard bytes[index...].starts(with: "${".utf8), let end = bytes[index...].firstIndex(of: UInt8(ascii: "}")) else {
        index += 1
        continue
      }
      references.append(Placed(range: index..<(end + 1), inside: self[index + 2..<end]))
      index = end + 1
    }
  }

  subscript(range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  /// What stands in the place of each byte of a reference where only literals are looked at: it is in no text.
  static let mask: UInt8 = 0xFF

  var masked: [UInt8] {
    var masked = bytes
    for reference in references { for index in reference.range { masked[index] = Self.mask } }
    return masked
  }

  /// The references that stand within a range, without their defaults; those that are not understood are text.
  func references(within range: Range<Int>) -> [String] {
    let placed = references.filter { range.contains($0.range.lowerBound) && ClientReference($0.inside) != .unknown }
    var names: [String] = []
    for name in placed.map({ ClientReference.name(in: $0.inside) }) where !names.contains(name) { names.append(name) }
    return names.map { "${\($0)}" }
  }

  /// A part of the text with `$` in the place of each reference and of each of `hidden`, which are in order: as the
  /// value of what stands before it, that is none.
  func literals(of range: Range<Int>, hiding hidden: [Range<Int>] = []) -> String {
    var result: [UInt8] = []
    var index = range.lowerBound
    var references = references.map(\.range).drop { $0.upperBound <= range.lowerBound }
    var hidden = hidden.drop { $0.upperBound <= range.lowerBound }
    while index < range.upperBound {
      while let first = references.first, first.upperBound <= index { references.removeFirst() }
      while let first = hidden.first, first.upperBound <= index { hidden.removeFirst() }
      let covering = [hidden.first, references.first].compactMap(\.self).first { $0.contains(index) }
      if let covering {
        index = covering.upperBound
        let beginsReference = index < range.upperBound && bytes[index] == UInt8(ascii: "{")
        result += beginsReference ? "$ ".utf8 : "$".utf8
      } else {
        result.append(bytes[index])
        index += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  func literals(hiding hidden: [Range<Int>] = []) -> String { literals(of: bytes.indices, hiding: hidden) }
}

/// What a client's reference means, told by what stands between its braces.
enum ClientReference: Equatable {
  /// The directory that the client was opened in.
  case project
  case home
  case separator
  /// Asked for by the client.
  case prompt(String)
  /// `isBare`: without the `env:` of those clients that have other references too.
  case variable(String, fallback: String?, isBare: Bool)
  /// Filled in by the client with what Latch has no word for.
  case predefined
  case unknown

  init(_ inside: String) {
    let name = Self.name(in: inside)
    let fallback = inside.dropping(prefix: "\(name):-")
    // Of what the client itself fills in, a default is never needed.
    if Self.projects.contains(name) {
      self = .project
    } else if name.isSame(as: "userHome") || ["HOME", "env:HOME"].contains(inside) {
      self = .home
    } else if Self.separators.contains(name) {
      self = .separator
    } else if Self.others.contains(inside) {
      self = .predefined
    } else if let id = name.dropping(prefix: "input:") {
      self = .prompt(id)
    } else {
      let isBare = name.dropping(prefix: "env:") == nil
      let variable = name.dropping(prefix: "env:") ?? name
      self = isVariableName(variable) ? .variable(variable, fallback: fallback, isBare: isBare) : .unknown
    }
  }

  /// What stands before a default.
  static func name(in inside: String) -> String {
    inside.split(separator: ":-", maxSplits: 1, omittingEmptySubsequences: false).first.map(String.init) ?? ""
  }

  /// `cwd` is the folder that is open where one is.
  private static let projects: Set = ["workspaceFolder", "workspaceRoot", "cwd", "CLAUDE_PROJECT_DIR", "PWD"]
  private static let separators: Set = ["pathSeparator", "/"]

  /// The rest of VS Code's predefined variables, of which Cursor has the first.
  private static let others: Set = [
    "workspaceFolderBasename", "workspaceRootFolderName", "file", "fileWorkspaceFolder",
    "fileWorkspaceFolderBasename", "relativeFile", "relativeFileDirname", "fileBasename", "fileBasenameNoExtension",
    "fileExtname", "fileDirname", "fileDirnameBasename", "lineNumber", "columnNumber", "selectedText", "execPath",
    "execInstallFolder", "extensionInstallFolder", "defaultBuildTask",
  ]
}

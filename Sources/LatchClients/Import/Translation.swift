/// A client's value in Latch's spelling.
struct Translation {
  /// Where the value stands: what may be referred to differs.
  enum Place { case environment, header, argument, directory, literal }

  private(set) var text = ""
  /// Variables that the text reads.
  private(set) var variables: [String] = []
  /// Ids that the client asks the person for, now variables.
  private(set) var prompts: [String] = []
  /// Those of them whose default looks like a credential and is left out.
  private(set) var stripped: [String] = []
  /// Spellings that could not be translated.
  private(set) var leftovers: [String] = []

  private let place: Place
  private let isSecret: (String, String) -> Bool

  /// `isSecret` gets a variable's name and its default.
  init(_ value: String, at place: Place, isSecret: @escaping (String, String) -> Bool) {
    self.place = place
    self.isSecret = isSecret
    var rest = Array(value.utf8)[...]
    // Behind the last brace no reference ends; it is looked for once.
    let last = rest.lastIndex(of: UInt8(ascii: "}")) ?? 0
    while let byte = rest.first {
      if rest.startIndex < last, rest.starts(with: "${".utf8), let end = rest.firstIndex(of: UInt8(ascii: "}")) {
        add(reference: String(decoding: rest[(rest.startIndex + 2)..<end], as: UTF8.self))
        rest = rest[(end + 1)...]
      } else {
        let length = rest.dropFirst().firstIndex(of: UInt8(ascii: "$")).map { $0 - rest.startIndex } ?? rest.count
        text += byte == UInt8(ascii: "$") && rest.starts(with: "${".utf8) ? "$" : ""
        text += String(decoding: rest.prefix(length), as: UTF8.self)
        rest = rest.dropFirst(length)
      }
    }
  }

  private mutating func add(reference inside: String) {
    if ["workspaceFolder", "workspaceRoot", "CLAUDE_PROJECT_DIR", "CLAUDE_PROJECT_DIR:-.", "PWD"].contains(inside) {
      addDirectory("${project}", as: inside)
    } else if ["userHome", "HOME", "env:HOME"].contains(inside) {
      text.isEmpty ? addDirectory("${home}", as: inside) : add(variable: "HOME", fallback: "", as: inside)
    } else if ["pathSeparator", "/"].contains(inside) {
      text += "/"
    } else if let id = inside.dropping(prefix: "input:") {
      if takesVariables { prompts.append(id) }
      add(variable: variableName(from: id), fallback: "", as: inside)
    } else {
      addVariable(inside)
    }
  }

  private mutating func addVariable(_ inside: String) {
    let name = inside.dropping(prefix: "env:") ?? inside
    let parts = name.split(separator: ":-", maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = parts.first.map(String.init), isVariableName(first) else { return leave(inside) }
    guard parts.count == 2 else { return add(variable: first, fallback: "", as: inside) }
    let fallback = String(parts[1])
    let isStripped = isSecret(first, fallback)
    guard isStripped else { return add(variable: first, fallback: ":-\(fallback)", as: inside) }
    stripped.append(first)
    add(variable: first, fallback: "", as: name.isSame(as: inside) ? first : "env:\(first)")
  }

  /// Right behind a `$` no reference can stand: `$${` is the text `${` here, while clients' readers have no such escape.
  private var takesVariables: Bool {
    let isPlace = place == .environment || place == .header || place == .argument
    return isPlace && text.utf8.last != UInt8(ascii: "$")
  }

  private mutating func add(variable: String, fallback: String, as inside: String) {
    guard takesVariables else { return leave(inside) }
    variables.append(variable)
    text += "${env:\(variable)\(fallback)}"
  }

  /// A directory may begin a value and stand nowhere else.
  private mutating func addDirectory(_ reference: String, as inside: String) {
    guard text.isEmpty, place != .header, place != .literal else { return leave(inside) }
    text = reference
  }

  private mutating func leave(_ inside: String) {
    leftovers.append("${\(inside)}")
    text += place == .literal ? "${\(inside)}" : "$${\(inside)}"
  }
}

/// The name as shells spell variables: capitals, digits, underscores.
func variableName(from text: String) -> String {
  let mapped = text.uppercased().utf8.map { byte in
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      ? byte : UInt8(ascii: "_")
  }
  let name = String(decoding: mapped, as: UTF8.self)
  return isVariableName(name) ? name : "_\(name)"
}

func isVariableName(_ name: String) -> Bool {
  guard let first = name.utf8.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else { return false }
  return name.utf8.allSatisfy { byte in
    byte == UInt8(ascii: "_") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }
}

extension String {
  func dropping(prefix: String) -> String? {
    utf8.starts(with: prefix.utf8) ? String(decoding: utf8.dropFirst(prefix.utf8.count), as: UTF8.self) : nil
  }
}

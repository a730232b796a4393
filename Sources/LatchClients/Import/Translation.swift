/// A client's value in Latch's spelling.
struct Translation {
  /// Where the value stands: what may be referred to differs.
  enum Place { case environment, header, argument, directory, literal }

  /// What a part of the value moves to.
  struct Move {
    var range: Range<Int>
    var variable: String
  }

  private(set) var text: String
  /// Variables that the client's text reads, whether or not they have to be set.
  private(set) var variables: [String] = []
  /// Those of them that have no default.
  private(set) var wanted: [String] = []
  /// Ids that the client asks the person for, now variables.
  private(set) var prompts: [String] = []
  /// Those variables whose default looks like a credential and is left out.
  private(set) var stripped: [String] = []
  /// Variables of the server's own that the program fills in.
  private(set) var kept: [String] = []
  /// Spellings of what the client fills in and Latch has no word for.
  private(set) var predefined: [String] = []
  /// Other spellings that could not be translated.
  private(set) var leftovers: [String] = []

  private let place: Place
  private let own: [String]
  private let isSecret: (String, String) -> Bool

  /// `head` stands before the value, as it is. `own` are variables that the client sets for the server: a program that
  /// gets `${NAME}` for one of them as an argument fills it in itself. `isSecret` gets a variable's name and its default.
  init(
    _ value: ClientText, at place: Place, after head: String = "", moving moves: [Move] = [], own: [String] = [],
    isSecret: @escaping (String, String) -> Bool
  ) {
    text = head
    self.place = place
    self.own = own
    self.isSecret = isSecret
    var index = 0
    var references = value.references[...]
    var moves = moves[...]
    while index < value.bytes.count {
      while let first = references.first, first.range.lowerBound < index { references.removeFirst() }
      if let move = moves.first, move.range.lowerBound == index {
        text += "${env:\(move.variable)}"
        index = move.range.upperBound
        moves.removeFirst()
      } else if let reference = references.first, reference.range.lowerBound == index {
        add(reference.inside)
        index = reference.range.upperBound
      } else {
        let stops = [moves.first?.range.lowerBound, references.first?.range.lowerBound].compactMap(\.self)
        let end = stops.min() ?? value.bytes.count
        add(literal: value.bytes[index..<end])
        index = end
      }
    }
  }

  private mutating func add(literal bytes: ArraySlice<UInt8>) {
    var rest = bytes
    while let byte = rest.first {
      let length = rest.dropFirst().firstIndex(of: UInt8(ascii: "$")).map { $0 - rest.startIndex } ?? rest.count
      text += byte == UInt8(ascii: "$") && rest.starts(with: "${".utf8) ? "$" : ""
      text += String(decoding: rest.prefix(length), as: UTF8.self)
      rest = rest.dropFirst(length)
    }
  }

  private mutating func add(_ inside: String) {
    let name = ClientReference.name(in: inside)
    switch ClientReference(inside) {
    case .project: addDirectory("${project}", as: name)
    case .home where text.isEmpty: addDirectory("${home}", as: name)
    case .home: add(variable: "HOME", fallback: nil, as: name)
    case .separator: text += "/"
    case .prompt(let id):
      if takesVariables { prompts.append(id) }
      add(variable: variableName(from: id), fallback: nil, as: name)
    case .variable(let name, nil, isBare: true) where isOwn(name):
      kept.append(name)
      text += "$${\(name)}"
    case .variable(let name, let fallback, let isBare): add(variable: name, fallback, isBare: isBare, as: inside)
    case .predefined:
      predefined.append("${\(inside)}")
      write(inside)
    case .unknown: leave(inside)
    }
  }

  private mutating func add(variable: String, _ fallback: String?, isBare: Bool, as inside: String) {
    guard let fallback, isSecret(variable, fallback) else {
      return add(variable: variable, fallback: fallback, as: inside)
    }
    stripped.append(variable)
    add(variable: variable, fallback: nil, as: isBare ? variable : "env:\(variable)")
  }

  private func isOwn(_ variable: String) -> Bool { place == .argument && own.contains { $0.isSame(as: variable) } }

  /// Right behind a `$` no reference can stand: `$${` is the text `${` here, while clients' readers have no such escape.
  private var takesVariables: Bool {
    let isPlace = place == .environment || place == .header || place == .argument
    return isPlace && text.utf8.last != UInt8(ascii: "$")
  }

  private mutating func add(variable: String, fallback: String?, as inside: String) {
    guard takesVariables else { return leave(inside) }
    variables.append(variable)
    if fallback == nil { wanted.append(variable) }
    text += "${env:\(variable)\(fallback.map { ":-\($0)" } ?? "")}"
  }

  /// A directory may begin a value and stand nowhere else.
  private mutating func addDirectory(_ reference: String, as inside: String) {
    guard text.isEmpty, place != .header, place != .literal else { return leave(inside) }
    text = reference
  }

  private mutating func leave(_ inside: String) {
    leftovers.append("${\(inside)}")
    write(inside)
  }

  private mutating func write(_ inside: String) { text += place == .literal ? "${\(inside)}" : "$${\(inside)}" }
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

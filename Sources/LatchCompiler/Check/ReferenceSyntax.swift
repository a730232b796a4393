/// Text of `env`, `headers`, `args` and `cwd` taken apart, with the place of every reference.
///
/// The proxy's reader (`ReferenceText` in LatchMCP) accepts the same texts; a test holds them together.
struct ReferenceSyntax: Sendable, Equatable {
  enum Piece: Sendable, Equatable {
    case literal(String)
    /// `${env:NAME}` or `${env:NAME:-default}`.
    case environment(name: String, fallback: String?)
    /// `${file:PATH}`: the file's first line.
    case file(path: String)
    case project
    case home
  }

  /// A piece and where it stands: UTF-8 offsets in the text, half open.
  struct Placed: Sendable, Equatable {
    var piece: Piece
    var range: Range<Int>
  }

  /// Why a text cannot be read, and where.
  struct Failure: Error, Sendable, Equatable {
    enum Kind: Sendable, Equatable {
      case unclosed
      /// The word before the colon, or all of it.
      case unknownKind(String)
      case badName(String)
      case noPath
    }

    var kind: Kind
    var range: Range<Int>
  }

  var pieces: [Placed]

  /// Reads `text`; `$${` is a literal `${`, and a `$` before anything else is itself.
  init(reading text: String) throws(Failure) {
    var scan = Scan(bytes: Array(text.utf8))
    while scan.position < scan.bytes.count { try scan.step() }
    scan.endLiteral()
    pieces = scan.pieces
  }
}

extension ReferenceSyntax {
  private struct Scan {
    let bytes: [UInt8]
    var position = 0
    var pieces: [Placed] = []
    var literal: [UInt8] = []
    var literalStart = 0

    mutating func step() throws(Failure) {
      if starts(with: "$${") {
        literal.append(contentsOf: "${".utf8)
        position += 3
      } else if starts(with: "${") {
        try reference()
      } else {
        literal.append(bytes[position])
        position += 1
      }
    }

    mutating func endLiteral() {
      if !literal.isEmpty {
        let text = String(decoding: literal, as: UTF8.self)
        pieces.append(Placed(piece: .literal(text), range: literalStart..<position))
      }
      literal = []
    }

    private func starts(with prefix: String) -> Bool { bytes[position...].starts(with: prefix.utf8) }

    private mutating func reference() throws(Failure) {
      endLiteral()
      guard let end = bytes[position...].firstIndex(of: UInt8(ascii: "}")) else {
        throw Failure(kind: .unclosed, range: position..<bytes.count)
      }
      let range = position..<(end + 1)
      let inner = String(decoding: bytes[(position + 2)..<end], as: UTF8.self)
      switch ReferenceSyntax.piece(of: inner) {
      case .success(let piece): pieces.append(Placed(piece: piece, range: range))
      case .failure(let problem): throw Failure(kind: problem.kind, range: range)
      }
      position = end + 1
      literalStart = position
    }
  }

  private struct Problem: Error { var kind: Failure.Kind }

  private static func piece(of inner: String) -> Result<Piece, Problem> {
    let bytes = Array(inner.utf8)
    if inner == "project" { return .success(.project) }
    if inner == "home" { return .success(.home) }
    guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")) else {
      return .failure(Problem(kind: .unknownKind(inner)))
    }
    let kind = String(decoding: bytes[..<colon], as: UTF8.self)
    let rest = bytes[(colon + 1)...]
    switch kind {
    case "env": return environment(rest)
    case "file": return rest.isEmpty ? .failure(Problem(kind: .noPath)) : .success(.file(path: text(rest)))
    default: return .failure(Problem(kind: .unknownKind(kind)))
    }
  }

  private static func environment(_ rest: ArraySlice<UInt8>) -> Result<Piece, Problem> {
    let colon = rest.firstIndex(of: UInt8(ascii: ":"))
    let name = rest[..<(colon ?? rest.endIndex)]
    guard isVariableName(name) else { return .failure(Problem(kind: .badName(text(name)))) }
    guard let colon else { return .success(.environment(name: text(name), fallback: nil)) }
    let tail = rest[(colon + 1)...]
    guard tail.first == UInt8(ascii: "-") else { return .failure(Problem(kind: .badName(text(rest)))) }
    return .success(.environment(name: text(name), fallback: text(tail.dropFirst())))
  }

  private static func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }

  private static func isVariableName(_ name: ArraySlice<UInt8>) -> Bool {
    guard let first = name.first, !(0x30...0x39).contains(first) else { return false }
    return name.allSatisfy { byte in
      (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x5F
    }
  }
}

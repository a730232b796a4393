/// Where things stand in one JSON-RPC message, found in one pass without building a tree.
///
/// The whole line is held to the grammar, to UTF-8, to whole surrogate pairs and to the limits. What is only forwarded
/// costs no allocation. All places are byte offsets in the line.
package struct MessageScan: Sendable {
  /// The members of the envelope that mean something.
  package enum Member: Int, Sendable, CaseIterable { case jsonrpc, id, method, params, result, error }

  /// The members of `params` that a proxy looks at.
  package enum Parameter: Int, Sendable, CaseIterable {
    case name, arguments, uri, meta, requestState, inputResponses, task, taskId, requestId, cursor
    case protocolVersion, capabilities, clientInfo, ref, argument, progressToken, notifications, level

    var spelling: String { self == .meta ? "_meta" : "\(self)" }
  }

  /// The value of a member.
  package struct Place: Sendable, Equatable {
    var start: UInt32
    var end: UInt32
    package var kind: JSONDocument.Node.Kind
    /// For a string: whether escapes stand in it.
    package var isEscaped: Bool

    /// Quotes and brackets included.
    package var range: Range<Int> { Int(start)..<Int(end) }
  }

  package enum IDKind: Sendable {
    case absent
    case string
    /// Written without fraction and exponent, and exact in a double (±(2^53 − 1)); not `-0`.
    case integer
    case other
  }

  /// Two members that some reader may take for one.
  package struct Collision: Sendable, Equatable {
    package enum Level: Sendable { case envelope, params }

    package var level: Level
    package var first: Range<Int>
    package var second: Range<Int>
    /// False: they differ in the case of ASCII letters.
    package var isExact: Bool
  }

  /// Large, and shared by all copies.
  private let found: Found

  private final class Found: Sendable {
    let places: MessagePlaces

    init(_ places: MessagePlaces) { self.places = places }
  }

  /// Scans one line, given without the LF that ends it.
  package init(_ line: Span<UInt8>, limits: JSONLimits = JSONLimits()) throws(JSONError) {
    var grammar = JSONGrammar(sink: MessageSink(), limits: limits)
    try grammar.run(line, limits: limits)
    grammar.sink.places.findCollision(in: line)
    found = Found(grammar.sink.places)
  }

  package init(_ line: [UInt8], limits: JSONLimits = JSONLimits()) throws(JSONError) {
    try self.init(line.span, limits: limits)
  }
}

extension MessageScan {
  /// What the outermost value is: a message is an object, a batch an array.
  package var kind: JSONDocument.Node.Kind { found.places.kind }
  /// The places of a batch's elements; each is to be scanned as a message of its own.
  package var elements: [Range<Int>] { found.places.elements }
  package var idKind: IDKind { found.places.idKind }
  /// The names of the envelope's members, in order.
  package var memberNames: NameList { found.places.memberNames }
  /// The names of the members of `params`, in order.
  package var parameterNames: NameList { found.places.parameterNames }
  /// The first pair of equal names in the envelope or else in `params`. The caller compares names that are not ASCII
  /// (`hasNonASCIINames`) once more, after NFC and full case folding.
  package var collision: Collision? { found.places.collision }
  /// The first CR or LF between tokens, which some readers take for the message's end.
  package var lineBreak: Int? { found.places.lineBreak }
  /// Whether a string holds U+0085, U+2028 or U+2029 as it is: a line's end to readers that follow Unicode.
  package var hasUnicodeLineBreak: Bool { found.places.hasUnicodeLineBreak }
  /// Whether `result` holds `"isError": true`, as the result of a tool that failed does.
  package var resultSaysError: Bool { found.places.resultSaysError }
  /// Whether the envelope has other members than ``Member``, and `params` others than ``Parameter``.
  package var hasUnknownMembers: Bool { found.places.hasUnknownMembers }
  package var hasUnknownParameters: Bool { found.places.hasUnknownParameters }

  package subscript(member: Member) -> Place? { found.places.members[member.rawValue] }
  package subscript(parameter: Parameter) -> Place? { found.places.parameters[parameter.rawValue] }

  package var hasNonASCIINames: Bool {
    found.places.memberNames.hasNonASCII || found.places.parameterNames.hasNonASCII
  }
}

extension MessageScan {
  /// What the string at a place says; the lexeme of a number, the text of anything else.
  package func content(_ place: Place, in line: Span<UInt8>) -> [UInt8] {
    guard place.kind == .string else { return copy(place.range, of: line) }
    return decodedName(place.range, isEscaped: place.isEscaped, in: line)
  }

  /// Whether a place holds exactly this string.
  package func holds(_ place: Place?, _ text: String, in line: Span<UInt8>) -> Bool {
    guard let place, place.kind == .string else { return false }
    guard !place.isEscaped else { return content(place, in: line).elementsEqual(text.utf8) }
    guard text.utf8.count == place.range.count - 2 else { return false }
    var index = Int(place.start) + 1
    for byte in text.utf8 {
      guard line[index] == byte else { return false }
      index += 1
    }
    return true
  }

  /// The value at a place as a tree; its places count from the beginning of the value.
  package func document(
    _ place: Place, in line: Span<UInt8>, limits: JSONLimits = JSONLimits()
  ) throws(JSONError) -> JSONDocument {
    try JSONDocument(parsing: copy(place.range, of: line), limits: limits)
  }
}

/// The same for a line that is an array.
extension MessageScan {
  package func content(_ place: Place, in line: [UInt8]) -> [UInt8] { content(place, in: line.span) }

  package func holds(_ place: Place?, _ text: String, in line: [UInt8]) -> Bool { holds(place, text, in: line.span) }

  package func document(
    _ place: Place, in line: [UInt8], limits: JSONLimits = JSONLimits()
  ) throws(JSONError) -> JSONDocument { try document(place, in: line.span, limits: limits) }
}

extension MessageScan {
  /// Where the id stands in the beginning of a request or else of an answer that is not read whole; nil where that does
  /// not show both what it is and its id, or where the id has escapes. What follows may say otherwise.
  package static func id(inBeginning beginning: Span<UInt8>, ofRequest isRequest: Bool) -> Place? {
    var grammar = JSONGrammar(sink: MessageSink(), limits: JSONLimits())
    do throws(JSONError) { try grammar.run(beginning, limits: JSONLimits()) } catch {}
    let places = grammar.sink.places
    guard let place = places.members.span[Member.id.rawValue], places.idKind == .integer || places.idKind == .string,
      !place.isEscaped, place.range.upperBound < beginning.count
    else { return nil }
    func isThere(_ member: Member) -> Bool { places.members.span[member.rawValue] != nil }
    let isMeant = isRequest ? isThere(.method) : !isThere(.method) && (isThere(.result) || isThere(.error))
    return isMeant ? place : nil
  }
}

/// What the string at `range` (quotes included) says.
func decodedName(_ range: Range<Int>, isEscaped: Bool, in bytes: Span<UInt8>) -> [UInt8] {
  let inside = range.lowerBound + 1..<range.upperBound - 1
  guard isEscaped else { return copy(inside, of: bytes) }
  var decoded: [UInt8] = []
  appendDecoded(bytes, inside, to: &decoded)
  return decoded
}

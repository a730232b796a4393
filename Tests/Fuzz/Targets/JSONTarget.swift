import LatchJSON

/// The tree reader and the scan of a message, held against each other and against the writers.
enum JSONTarget {
  static func take(_ input: Span<UInt8>) {
    let bytes = array(input)
    let tree = Result { () throws(JSONError) in try JSONDocument(parsing: bytes) }
    // On libFuzzer's own memory: what is read beyond its end is seen.
    let scan = Result { () throws(JSONError) in try MessageScan(input) }
    switch (tree, scan) {
    case (.success(let document), .success(let scan)):
      checkPlaces(document, bytes)
      checkForms(document)
      ScanCheck(document: document, scan: scan, line: bytes).run()
    case (.failure(let error), .success(let scan)):
      demand(error.kind == .duplicateName, "only names that stand twice pass the scan alone: \(error)")
      demand(scan.kind == .object || scan.kind == .array, "names stand in objects")
    case (.failure(let first), .failure(let second)):
      demand(first == second || first.kind == .duplicateName, "both refuse for one reason: \(first), \(second)")
      demand((0...bytes.count).contains(first.offset) && (0...bytes.count).contains(second.offset), "an error's place")
    case (.success, .failure(let error)): fatalError("broken promise: only the scan refuses: \(error)")
    }
  }

  /// Every node lies in its text, after the node before it, and is there what it is by itself.
  private static func checkPlaces(_ document: JSONDocument, _ bytes: [UInt8]) {
    for (index, node) in document.nodes.enumerated() {
      demand(node.start < node.end && Int(node.end) <= bytes.count && Int(node.next) > index, "a node's place")
      demand(index == 0 || document.nodes[index - 1].start < node.start, "nodes follow the text")
    }
    for index in document.nodes.indices where document.kind(index) == .object {
      let names = document.children(of: index).map { document.content($0) }
      demand(Set(names).count == names.count, "a name stands once in an object")
    }
    for index in document.nodes.indices.prefix(32) {
      guard let part = try? JSONDocument(parsing: Array(bytes[document.place(index)])) else {
        fatalError("broken promise: a part of a document is one")
      }
      demand(part.value() == document.value(at: index), "a part of a document says what it says there")
    }
  }

  /// What is read is written, and read again, as the same.
  private static func checkForms(_ document: JSONDocument) {
    let value = document.value()
    demand(value.document().value() == value, "a value is its tree")
    demand(document.isSameJSON(0, as: document, 0), "a document means what it means")
    demand(read(Array(value.pretty(sorted: false).utf8)) == value, "the form for people loses nothing")
    guard let canonical = try? document.canonicalBytes() else {
      return demand(holdsGreatNumber(document), "a document has a canonical form if doubles hold its numbers")
    }
    guard let again = try? JSONDocument(parsing: canonical) else {
      fatalError("broken promise: a canonical form is JSON")
    }
    demand(isRounded(again, 0, document, 0), "a canonical form says what it was made of")
    demand((try? again.canonicalBytes()) == canonical, "a canonical form is its own")
    demand((try? read(Array(value.pretty(sorted: true).utf8))?.canonicalBytes()) == canonical, "one canonical form")
  }

  private static func read(_ bytes: [UInt8]) -> JSONValue? { try? JSONValue(parsing: bytes) }

  private static func holdsGreatNumber(_ document: JSONDocument) -> Bool {
    document.nodes.indices.contains { document.kind($0) == .number && Double(document.string($0))?.isFinite != true }
  }

  /// The same but for numbers, which are the nearest doubles, and for the order of members.
  private static func isRounded(_ left: JSONDocument, _ index: Int, _ right: JSONDocument, _ other: Int) -> Bool {
    guard left.kind(index) == right.kind(other), left.nodes[index].count == right.nodes[other].count else {
      return false
    }
    switch left.kind(index) {
    case .null, .true, .false: return true
    case .string: return left.content(index).elementsEqual(right.content(other))
    case .number: return Double(left.string(index)) == Double(right.string(other))
    case .array:
      return zip(left.children(of: index), right.children(of: other)).allSatisfy { isRounded(left, $0, right, $1) }
    case .object:
      return left.children(of: index).allSatisfy { name in
        guard let member = right.member(left.string(name), of: other) else { return false }
        return isRounded(left, name + 1, right, member)
      }
    }
  }
}

import LatchJSON
import Testing

@Suite struct PropertyTests {
  @Test(arguments: 0..<8)
  func `a value survives being written and read in every form`(seed: Int) throws {
    var random = RandomJSON(seed: UInt64(seed))
    for _ in 0..<300 {
      let value = random.value()
      #expect(try JSONValue(parsing: Array(value.pretty(sorted: false).utf8)) == value)
      #expect(value.document().value() == value)
      let canonical = try value.canonicalBytes()
      let again = try JSONDocument(parsing: canonical)
      #expect(try again.canonicalBytes() == canonical)
      #expect(try JSONValue(parsing: Array(value.pretty(sorted: true).utf8)).canonicalBytes() == canonical)
      #expect(try JSONValue(parsing: Array(value.pretty(sorted: true).utf8)).isSameJSON(as: value))
    }
  }

  @Test(arguments: 0..<8)
  func `damaged text is read or refused, the same by the tree and by the scan, and never crashes`(seed: Int) throws {
    var random = RandomJSON(seed: 1_000 + UInt64(seed))
    for _ in 0..<1_000 {
      let bytes = random.damaged(try random.value().canonicalBytes())
      let tree = Result { () throws(JSONError) in try JSONDocument(parsing: bytes) }
      let scan = Result { () throws(JSONError) in try MessageScan(bytes) }
      switch (tree, scan) {
      case (.success(let document), .success(let scan)):
        #expect(document.kind(0) == scan.kind && scan.collision?.isExact != true)
        expectSoundPlaces(document, size: bytes.count)
      case (.failure(let first), .failure(let second)):
        #expect(first == second || first.kind == .duplicateName)
        #expect((0...bytes.count).contains(first.offset))
      case (.failure(let error), .success): #expect(error.kind == .duplicateName)
      case (.success, .failure(let error)): Issue.record("only the scan refused: \(error)")
      }
    }
  }

  /// Every node lies in its text, after the node before it and before its `next`.
  private func expectSoundPlaces(_ document: JSONDocument, size: Int) {
    for (index, node) in document.nodes.enumerated() {
      #expect(node.start < node.end && Int(node.end) <= size && Int(node.next) > index)
      if index > 0 { #expect(document.nodes[index - 1].start < node.start) }
    }
  }

  /// A number is read back as what it was, and no shorter text is.
  @Test func `shortest numbers read back`() {
    var random = RandomJSON(seed: 7)
    for _ in 0..<20_000 {
      let number = Double(random.number()) ?? 0
      let text = ECMAScriptNumber.format(number)
      #expect(Double(text) == number)
      #expect(!text.contains("e") || number.magnitude >= 1e21 || number.magnitude < 1e-6)
    }
  }

  /// Exact comparison agrees with that of doubles wherever doubles differ.
  @Test func `decimal order agrees with that of doubles`() throws {
    var random = RandomJSON(seed: 8)
    for _ in 0..<5_000 {
      let (left, right) = (random.number(), random.number())
      let (first, second) = (Double(left) ?? 0, Double(right) ?? 0)
      guard first != second else { continue }
      #expect(try (#require(DecimalNumber(left)) < #require(DecimalNumber(right))) == (first < second))
    }
  }
}

import Foundation
import LatchJSON

extension Section {
  /// The scan of a message and the tree, beside a plain loop over the bytes and Foundation's reader.
  static let json = Section.ofRows("json") {
    try Message.all.flatMap { try rows(for: $0) }
  }

  private static func rows(for message: Message) throws -> [Row] {
    let bytes = message.bytes
    let data = Data(bytes)
    let loop = Row.measure("\(message.name): loop over bytes", bytes: bytes.count) { keep(sum(bytes)) }
    let foundation = try Row.measure("\(message.name): JSONSerialization", bytes: bytes.count) {
      keep(try JSONSerialization.jsonObject(with: data, options: .fragmentsAllowed))
    }
    let scan = try Row.measure("\(message.name): MessageScan", bytes: bytes.count, against: loop) {
      keep(try MessageScan(bytes).idKind)
    }
    let tree = try Row.measure("\(message.name): JSONDocument", bytes: bytes.count, against: foundation) {
      keep(try JSONDocument(parsing: bytes).nodes.count)
    }
    let document = try JSONDocument(parsing: bytes)
    let canonical = try Row.measure("\(message.name): canonical form", bytes: bytes.count) {
      keep(try document.canonicalBytes().count)
    }
    return [loop, foundation, scan, tree, canonical]
  }

  @inline(never)
  private static func sum(_ bytes: [UInt8]) -> Int {
    var quotes = 0
    for byte in bytes where byte == 0x22 { quotes &+= 1 }
    return quotes
  }

  /// What is measured: calls as clients send them.
  private struct Message: Sendable {
    var name: String
    var bytes: [UInt8]

    static let all = [
      Message("text 10 KB", arguments: ["path": "/srv/notes.md", "content": .string(text(10_000))]),
      Message("escapes 10 KB", arguments: ["content": .string(text(7_000).replacing(" ", with: "\n"))]),
      Message("non-ASCII 10 KB", arguments: ["content": .string(String(repeating: "Größe – 漢字 ", count: 450))]),
      Message("structured 10 KB", arguments: structure(90)),
      Message("structured 1 MB", arguments: structure(9_000)),
      Message("small", arguments: ["path": "/srv/notes.md"]),
    ]

    init(_ name: String, arguments: JSONValue) {
      self.name = name
      let call: JSONValue = [
        "jsonrpc": "2.0", "id": 17, "method": "tools/call",
        "params": ["name": "write_file", "arguments": arguments, "_meta": ["progressToken": 4]],
      ]
      // A sorted tree has no blank between tokens, as messages have none.
      bytes = (try? call.canonicalBytes()) ?? []
    }

    private static func text(_ size: Int) -> String {
      String(repeating: "The quick brown fox jumps over the lazy dog. ", count: size / 45)
    }

    private static func structure(_ count: Int) -> JSONValue {
      .array(
        (0..<count).map { index in
          [
            "id": .number(String(index)), "title": .string("Issue number \(index)"), "open": true,
            "labels": ["bug", "help wanted"], "score": .number("\(index).25"), "parent": .null,
          ]
        })
    }
  }
}

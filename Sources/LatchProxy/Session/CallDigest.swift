import Crypto
import LatchJSON

/// What an approval of one request is bound to.
///
/// Members count in any order and numbers as they were spelled. `_meta` does not count: there clients tell each attempt of
/// the same call apart (`progressToken`, `claudecode/toolUseId`, `vscode.requestId`), and nobody is shown it who approves.
struct CallDigest {
  private var hash = SHA256()
  private let document: JSONDocument

  private static let ofAttempt = ["requestState", "_meta"].map { Array($0.utf8) }

  /// `context`: policy, upstream, client, definition, method, and the rules that ask; `parameters` are the request's.
  static func of(_ parameters: JSONDocument, in context: [[UInt8]]) -> DigestBytes {
    var digest = CallDigest(document: parameters)
    digest.addParameters()
    return DigestBytes(domain: "latch-call-v1", context + [Array(digest.hash.finalize())])
  }

  private init(document: JSONDocument) { self.document = document }

  private mutating func addParameters() {
    for name in sorted(JSONDocument.root)
    where !Self.ofAttempt.contains(where: { document.content(name).elementsEqual($0) }) {
      add(0x6E, document.content(name))
      add(name + 1)
    }
  }

  /// Recursion goes as deep as the tree, which the reader's limits bound.
  private mutating func add(_ index: Int) {
    switch document.kind(index) {
    case .object: add(object: index)
    case .array:
      let elements = Array(document.children(of: index))
      add(0x61, count: elements.count)
      for element in elements { add(element) }
    case .string: add(0x73, document.content(index))
    case .number: add(0x64, document.content(index))
    case .true: add(0x74, count: 0)
    case .false: add(0x66, count: 0)
    case .null: add(0x7A, count: 0)
    }
  }

  private mutating func add(object index: Int) {
    let members = sorted(index)
    add(0x6F, count: members.count)
    for name in members {
      add(0x6E, document.content(name))
      add(name + 1)
    }
  }

  /// The names of an object's members by their bytes.
  private func sorted(_ index: Int) -> [Int] {
    guard document.kind(index) == .object else { return [] }
    return document.children(of: index).sorted {
      document.content($0).lexicographicallyPrecedes(document.content($1))
    }
  }

  private mutating func add(_ kind: UInt8, _ content: some Collection<UInt8>) {
    add(kind, count: content.count)
    hash.update(data: Array(content))
  }

  private mutating func add(_ kind: UInt8, count: Int) { hash.update(data: [kind] + DigestBytes.bigEndian(count)) }
}

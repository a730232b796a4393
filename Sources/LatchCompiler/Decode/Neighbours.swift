import LatchJSON

/// The names of a map and the texts of a list, looked up once for each: a file may have very many mistakes in one.
final class Neighbours {
  private let document: JSONDocument
  private lazy var parents = Self.parents(in: document)
  private var texts: [Int: Set<String>] = [:]

  init(_ document: JSONDocument) { self.document = document }

  /// What stands in the map of a name, or in the list of a value; nothing for a value of a map.
  func texts(beside index: Int, isName: Bool) -> Set<String> {
    guard let parent = parents[index], isName || document.kind(parent) == .array else { return [] }
    if let known = texts[parent] { return known }
    let strings = document.children(of: parent).filter { document.kind($0) == .string }
    let found = Set(strings.map { document.string($0) })
    texts[parent] = found
    return found
  }

  /// By index, the map or list that a value or name stands in.
  private static func parents(in document: JSONDocument) -> [Int?] {
    var open: [Int] = []
    return document.nodes.indices.map { index in
      while let last = open.last, Int(document.nodes[last].next) <= index { open.removeLast() }
      let parent = open.last
      if [.array, .object].contains(document.kind(index)) { open.append(index) }
      return parent
    }
  }
}

import LatchJSON

/// Finds the pointers of many values of a tree. Each search goes on where the last one ended, so that all values of a
/// tree, asked for in its order, cost one walk: there may be as many mistakes in an object as it has members.
struct PointerWalk {
  /// An object or array that the walk is in.
  private struct Level {
    let node: Int
    let isObject: Bool
    /// How long the pointer to the node is.
    let length: Int
    /// The child that the walk has come to, and how many are before it.
    var child: Int
    var position = 0
  }

  private let document: JSONDocument
  private var levels: [Level] = []
  /// The pointer to the innermost level.
  private var pointer: [UInt8] = []

  init(_ document: JSONDocument) {
    self.document = document
    enter(JSONDocument.root)
  }

  /// The pointer of a value, or of a member's name: the same as its value's.
  mutating func pointer(to target: Int) -> String {
    guard target != JSONDocument.root else { return "" }
    leaveLevels(without: target)
    while true {
      let value = step(towards: target)
      append(value)
      if target <= value { return taken() }
      enter(value)
    }
  }

  private mutating func enter(_ node: Int) {
    levels.append(
      Level(node: node, isObject: document.kind(node) == .object, length: pointer.count, child: node + 1))
  }

  /// Goes out until the target is inside.
  private mutating func leaveLevels(without target: Int) {
    while let level = levels.last, levels.count > 1 {
      if level.node < target, target < Int(document.nodes[level.node].next) { return }
      levels.removeLast()
      pointer.removeLast(pointer.count - (levels.last?.length ?? 0))
    }
  }

  /// The child of the innermost level that the target is, or is in, or is the name of.
  private mutating func step(towards target: Int) -> Int {
    let inner = levels.count - 1
    if target < levels[inner].child {
      levels[inner].child = levels[inner].node + 1
      levels[inner].position = 0
    }
    while true {
      let value = levels[inner].isObject ? levels[inner].child + 1 : levels[inner].child
      if target < Int(document.nodes[value].next) { return value }
      levels[inner].child = Int(document.nodes[value].next)
      levels[inner].position += 1
    }
  }

  private mutating func append(_ value: Int) {
    guard let level = levels.last else { return }
    pointer.append(UInt8(ascii: "/"))
    if level.isObject {
      pointer += JSONDocument.escaped(document.content(level.child))
    } else {
      pointer += String(level.position).utf8
    }
  }

  /// The pointer with its last token, which is taken off again.
  private mutating func taken() -> String {
    defer { pointer.removeLast(pointer.count - (levels.last?.length ?? 0)) }
    return String(decoding: pointer, as: UTF8.self)
  }
}

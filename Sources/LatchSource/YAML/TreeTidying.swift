/// Makes a builder's records what the text means: merge keys become the entries they bring, and entries that were found
/// wrong (doubled keys, keys that are no text) are left out.
struct TreeTidying {
  let builder: TreeBuilder
  private(set) var records: [YAMLTree.Record] = []
  private(set) var aliases: [Int: Span] = [:]
  private(set) var found: [Diagnostic] = []

  private typealias Entry = (key: Int, value: Int)

  init(_ builder: TreeBuilder) {
    self.builder = builder
    records.reserveCapacity(builder.records.count)
    copy(0)
  }

  private mutating func copy(_ index: Int) {
    let place = records.count
    var record = builder.records[index]
    if record.isAliasRoot { aliases[place] = builder.aliases[index] }
    records.append(record)
    switch record.kind {
    case .mapping:
      let entries = entries(of: index)
      record.count = UInt32(entries.count)
      for entry in entries {
        copy(entry.key)
        copy(entry.value)
      }
    case .sequence: for child in children(of: index) { copy(child) }
    default: break
    }
    record.next = UInt32(records.count)
    records[place] = record
  }

  private func children(of index: Int) -> [Int] {
    var found: [Int] = []
    var child = index + 1
    while child < Int(builder.records[index].next) {
      found.append(child)
      child = Int(builder.records[child].next)
    }
    return found
  }

  /// A mapping's entries, its own before those it merges, of which the first to bring a key gives it.
  private mutating func entries(of index: Int) -> [Entry] {
    let all = children(of: index)
    let written = stride(from: 0, to: all.count - 1, by: 2).map { (key: all[$0], value: all[$0 + 1]) }
      .filter { !builder.records[$0.key].isDropped }
    guard written.contains(where: { builder.records[$0.key].isMerge }) else { return written }
    var taken = Set(written.filter { !builder.records[$0.key].isMerge }.map { keyText($0.key) })
    return written.flatMap { entry -> [Entry] in
      guard builder.records[entry.key].isMerge else { return [entry] }
      return merged(from: entry.value).filter { taken.insert(keyText($0.key)).inserted }
    }
  }

  /// The entries that the value of a `<<` brings: of a mapping, or of a list of them in its order.
  private mutating func merged(from value: Int) -> [Entry] {
    switch builder.records[value].kind {
    case .mapping: return entries(of: value)
    case .sequence:
      return children(of: value).flatMap { element -> [Entry] in
        guard builder.records[element].kind == .mapping else { return reportMerge(element) }
        return entries(of: element)
      }
    default: return reportMerge(value)
    }
  }

  private mutating func reportMerge(_ value: Int) -> [Entry] {
    let place = builder.aliases[value] ?? builder.place(of: builder.records[value])
    found.append(.mergeOfOther(builder.source[place], at: place))
    return []
  }

  private func keyText(_ index: Int) -> [UInt8] { Array(builder.bytes(of: builder.records[index])) }
}

import LatchAutomata
import LatchJSON

extension PreparedAtom.Matcher {
  var reading: Reading {
    switch self {
    case .strings, .values, .types, .present: .value
    case .text: .string
    case .path(_, let bases, _): bases?.isEmpty == true ? .never : .path
    case .url(_, .path): .urlPath
    case .url, .ports: .url
    case .addresses: .address
    case .domain: .mail
    case .bound: .number
    case .length: .countable
    case .object: .object
    case .elements: .elements
    }
  }
}

extension PreparedAtom {
  /// What is said of a value that is of no form which the matcher reads.
  func ofUnreadable(_ document: JSONDocument, _ node: Int) -> Truth {
    reading.isOfTolerated(tolerated, document, node) ? .no : .unreadable
  }

  /// The matcher's answer about a value; of `any` and `all` the evaluation says it.
  func truth(of document: JSONDocument, _ node: Int, links: LinkResolver?) -> Truth {
    switch matcher {
    case .strings(let strings):
      if document.kind(node) == .string {
        return Truth(strings.hasSorted(document.storage.span.extracting(document.contentRange(node))))
      }
      return Reading.value.accepts(document, node) ? .no : ofUnreadable(document, node)
    case .values(let values):
      guard Reading.value.accepts(document, node) else { return ofUnreadable(document, node) }
      return Truth(values.contains { document.isSameJSON(node, as: $0, JSONDocument.root) })
    case .types(let types):
      return Reading.value.accepts(document, node) ? Truth(types.contains(document, node)) : .unreadable
    case .object: return document.kind(node) == .object ? .yes : ofUnreadable(document, node)
    case .bound(let bound, let limit):
      guard document.kind(node) == .number,
        let number = try? BoundedNumber(document.storage.span.extracting(document.contentRange(node)))
      else {
        return ofUnreadable(document, node)
      }
      return Truth(bound.holds(number, limit))
    case .length(let least, let most):
      return document.length(of: node).map { Truth($0 >= least && $0 <= most) } ?? ofUnreadable(document, node)
    case .text, .path, .url, .ports, .addresses, .domain:
      guard document.kind(node) == .string else { return ofUnreadable(document, node) }
      return read(document.storage.span.extracting(document.contentRange(node)), links: links).map { Truth($0) }
        ?? ofUnreadable(document, node)
    case .present, .elements: return .no
    }
  }

  /// nil: the text is not of the form that the matcher reads.
  private func read(_ text: Span<UInt8>, links: LinkResolver?) -> Bool? {
    switch matcher {
    case .text(let automaton): return automaton.accepts(text)
    case .path(_, let bases?, _) where bases.isEmpty: return nil
    case .path(let automaton, let bases, let isFolded):
      return automaton.acceptsPath(text, below: bases, isFolded: isFolded, links: links)
    case .url(let automaton, let part): return automaton.acceptsURL(text, part)
    case .ports(let ports):
      return (try? CleanURL(text)).map { url in url.port.map { ports.contains(Int($0)) } ?? false }
    case .addresses(let ranges):
      return (try? CleanURL(text))?.address.map { address in ranges.contains { $0.contains(address) } }
    case .domain(let automaton): return automaton.acceptsDomain(text)
    default: return nil
    }
  }

  /// Whether some string in the arguments, names included, is accepted.
  func holdsAnywhere(in arguments: Arguments) -> Bool {
    let document = arguments.document
    for node in arguments.range where document.nodes[node].kind == .string {
      switch matcher {
      case .text(let automaton):
        if automaton.accepts(document.storage.span.extracting(document.contentRange(node))) { return true }
      case .strings(let strings):
        if strings.hasSorted(document.storage.span.extracting(document.contentRange(node))) { return true }
      default: return false
      }
    }
    return false
  }
}

extension Bound {
  func holds(_ number: BoundedNumber, _ limit: BoundedNumber) -> Bool {
    switch self {
    case .min: number >= limit
    case .max: number <= limit
    case .above: number > limit
    case .below: number < limit
    }
  }
}

extension JSONDocument {
  /// Where the bytes that a string says lie in `storage`.
  func contentRange(_ index: Int) -> Range<Int> { Int(nodes[index].contentStart)..<Int(nodes[index].contentEnd) }

  /// Scalars of a string, elements of an array, members of an object; nil of anything else.
  func length(of node: Int) -> Int? {
    switch kind(node) {
    case .array, .object: return Int(nodes[node].count)
    case .string:
      var count = 0
      let text = storage.span.extracting(contentRange(node))
      for index in text.indices where text[index] & 0xC0 != 0x80 { count += 1 }
      return count
    default: return nil
    }
  }
}

extension [[UInt8]] {
  /// Whether a sorted list has the text.
  func hasSorted(_ text: Span<UInt8>) -> Bool {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      let candidate = self[middle]
      let order = compared(candidate.span, text)
      if order == 0 { return true }
      if order < 0 { low = middle + 1 } else { high = middle }
    }
    return false
  }
}

/// Byte order: negative, zero or positive.
func compared(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Int {
  for index in 0..<min(left.count, right.count) where left[index] != right[index] {
    return Int(left[index]) - Int(right[index])
  }
  return left.count - right.count
}

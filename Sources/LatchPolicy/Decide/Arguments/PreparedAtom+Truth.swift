import LatchAutomata
import LatchJSON

extension PreparedAtom.Matcher {
  var reading: Reading {
    switch self {
    case .strings: .value
    case .values: .value
    case .types: .value
    case .present: .value
    case .text: .string
    case .path(_, let bases, _): bases?.isEmpty == true ? .never : .path
    case .url(_, let part): part == .path ? .urlPath : .url
    case .ports: .url
    case .addresses: .address
    case .domain: .mail
    case .bound: .number
    case .length: .countable
    case .object: .object
    case .elements: .elements
    }
  }

  var presence: Bool? {
    switch self {
    case .present(let isWanted): isWanted
    default: nil
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
      if document.isString(node) {
        return Truth(strings.hasSorted(document.storage.span.extracting(document.contentRange(node))))
      }
      return Reading.value.accepts(document, node) ? .no : ofUnreadable(document, node)
    case .values(let values):
      guard Reading.value.accepts(document, node) else { return ofUnreadable(document, node) }
      return Truth(values.contains { document.isSameJSON(node, as: $0, JSONDocument.root) })
    case .types(let types):
      return Reading.value.accepts(document, node) ? Truth(types.contains(document, node)) : .unreadable
    case .object: return document.isObject(node) ? .yes : ofUnreadable(document, node)
    case .bound(let bound, let limit):
      guard document.isNumber(node),
        let number = try? BoundedNumber(document.storage.span.extracting(document.contentRange(node)))
      else {
        return ofUnreadable(document, node)
      }
      return Truth(bound.holds(number, limit))
    case .length(let least, let most):
      return document.length(of: node).map { Truth($0 >= least && $0 <= most) } ?? ofUnreadable(document, node)
    case .present: return .no
    case .elements: return .no
    default:
      guard document.isString(node) else { return ofUnreadable(document, node) }
      return read(document.storage.span.extracting(document.contentRange(node)), links: links).map { Truth($0) }
        ?? ofUnreadable(document, node)
    }
  }

  /// nil: the text is not of the form that the matcher reads.
  private func read(_ text: Span<UInt8>, links: LinkResolver?) -> Bool? {
    switch matcher {
    case .text(let automaton): return automaton.accepts(text)
    case .path(let automaton, let bases, let isFolded):
      if bases?.isEmpty == true { return nil }
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
    for node in arguments.range where document.isString(node) {
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

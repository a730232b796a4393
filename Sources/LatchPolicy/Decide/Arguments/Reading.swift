import LatchAutomata
import LatchJSON

/// The form in which a matcher reads a value (language.md §5, the column "reads").
enum Reading: UInt8, Sendable {
  /// Any type; a number only if its value can be told.
  case value
  case string
  case path
  case url
  /// A clean URL whose path has one reading too.
  case urlPath
  /// A clean URL whose host is an address.
  case address
  /// One mail address.
  case mail
  case number
  /// A string, an array or an object.
  case countable
  case object
  /// An array whose elements the matchers inside can read.
  case elements
  /// Nothing: what the matcher compares with is not known on this machine.
  case never

  /// Whether the value is of the form; of an array, whether it is one.
  func accepts(_ document: JSONDocument, _ node: Int) -> Bool {
    let kind = document.kind(node)
    switch self {
    case .value: return !document.isNumber(node) || DecimalNumber(document.content(node)) != nil
    case .number:
      return kind == .number
        && (try? BoundedNumber(document.storage.span.extracting(document.contentRange(node)))) != nil
    case .countable: return kind == .string || kind == .array || kind == .object
    case .object: return kind == .object
    case .elements: return kind == .array
    case .never: return false
    case .string, .path, .url, .urlPath, .address, .mail: break
    }
    guard kind == .string else { return false }
    let text = document.storage.span.extracting(document.contentRange(node))
    return switch self {
    case .path: (try? CleanPath(text)) != nil
    case .url: (try? CleanURL(text)) != nil
    case .urlPath: (try? CleanURL(text).withPath(in: text) { _ in true }) != nil
    case .address: (try? CleanURL(text))?.address != nil
    case .mail: (try? MailAddress(text)) != nil
    default: true
    }
  }

  /// Whether the value is of another type than is read, and of one that the author asked for by `type`: only then is
  /// there nothing to refuse. A string that is no clean path is still one that ought to be.
  func isOfTolerated(_ types: TypeSet, _ document: JSONDocument, _ node: Int) -> Bool {
    !reads(document.kind(node)) && types.contains(document, node)
  }

  private func reads(_ kind: JSONDocument.Node.Kind) -> Bool {
    switch self {
    case .value, .never: true
    case .string, .path, .url, .urlPath, .address, .mail: kind == .string
    case .number: kind == .number
    case .countable: kind == .string || kind == .array || kind == .object
    case .object: kind == .object
    case .elements: kind == .array
    }
  }

  /// In words, for the agent that is to send it so.
  var words: String {
    switch self {
    case .value: "a number of ordinary size"
    case .string: "a string"
    case .path: "a clean absolute path (no `.`, `..`, `//` or backslash in it)"
    case .url, .urlPath: "a plain URL, `scheme://host/path` without user name, backslash or encoded dots and slashes"
    case .address: "a plain URL whose host is an IP address"
    case .mail: "one mail address, `name@example.com`"
    case .number: "a number of at most 17 digits, not beyond ±(2^53 − 1)"
    case .countable: "a string, an array or an object"
    case .object: "an object"
    case .elements: "an array of such values as the rule reads"
    case .never: "compared with a directory that is not known here"
    }
  }
}

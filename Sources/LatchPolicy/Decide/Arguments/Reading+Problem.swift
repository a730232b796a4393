import LatchJSON

extension Reading {
  /// What keeps a value from being of the form, where the words for the form do not tell; nothing of the value.
  func problem(_ document: JSONDocument, _ node: Int) -> String? {
    switch self {
    case .value, .string, .countable, .object, .elements, .never: return nil
    case .number: if !document.isNumber(node) { return "it is not a number" }
    case .path, .url, .urlPath, .address, .mail: if !document.isString(node) { return "it is not a string" }
    }
    return problem(of: document.storage.span.extracting(document.contentRange(node)))
  }

  private func problem(of content: Span<UInt8>) -> String? {
    do {
      switch self {
      case .number: _ = try BoundedNumber(content)
      case .path: _ = try CleanPath(content)
      case .url: _ = try CleanURL(content)
      case .urlPath: _ = try CleanURL(content).withPath(in: content) { _ in true }
      case .address: return try CleanURL(content).addressProblem
      case .mail: _ = try MailAddress(content)
      default: break
      }
      return nil
    } catch {
      return (error as? any ReadingProblem)?.message
    }
  }
}

extension CleanURL {
  fileprivate var addressProblem: String? {
    if case .name = host { return "its host is a name" }
    return address == nil ? "its host is an address that some networks lead elsewhere" : nil
  }
}

/// What a reader has against a text, in plain words.
private protocol ReadingProblem: Error { var message: String { get } }

extension BoundedNumber.Problem: ReadingProblem {}
extension CleanPath.Problem: ReadingProblem {}
extension CleanURL.Problem: ReadingProblem {}
extension MailAddress.Problem: ReadingProblem {}

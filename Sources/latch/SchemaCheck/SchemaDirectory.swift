import LatchJSON

/// `--resolve PREFIX=DIR`: where schemas lie whose address begins with the prefix.
struct SchemaDirectory: Sendable {
  let prefix: String
  let directory: String

  init?(_ option: String) {
    // The address may hold `=`, the directory hardly does: the last one divides.
    guard let divider = option.lastIndex(of: "="), divider != option.startIndex else { return nil }
    prefix = String(option[..<divider])
    directory = String(option[option.index(after: divider)...])
    if directory.isEmpty { return nil }
  }

  /// The schema at that address; nil if it is not here, cannot be read, or would lie outside the directory.
  func document(at uri: String) -> JSONDocument? {
    guard uri.utf8.starts(with: prefix.utf8) else { return nil }
    let rest = String(decoding: uri.utf8.dropFirst(prefix.utf8.count), as: UTF8.self)
    let segments = rest.split(separator: "/").map(String.init)
    guard !segments.contains(where: { $0 == ".." }), !rest.utf8.contains(0), !rest.contains("%") else { return nil }
    let path = ([directory] + segments).joined(separator: "/")
    for candidate in [path, "\(path).json", "\(path).yaml"] where Files.isRegular(candidate) {
      if let text = try? Text.load(candidate) { return text.document }
    }
    return nil
  }
}

/// What an argument names, by its own name or by the form that its schema gives it.
enum ArgumentMeaning: Sendable {
  case path, url

  /// nil where nothing tells. The last word of a name says what it is: `file_path`, but not `file_type`.
  init?(name: String, formats: Set<String>) {
    if !formats.isDisjoint(with: Self.urlFormats) {
      self = .url
    } else if !formats.isDisjoint(with: Self.pathFormats) {
      self = .path
    } else if formats.isEmpty, let known = Self.meaning(of: nameWords(name)) {
      self = known
    } else {
      return nil
    }
  }

  private static func meaning(of words: [String]) -> ArgumentMeaning? {
    let end = words.dropFirst().firstIndex(where: joints.contains) ?? words.count
    let words = words[..<end].map(withoutNumber).filter { !$0.isEmpty }
    guard let last = words.last else { return nil }
    if urlWords.contains(last) { return .url }
    if pathWords.contains(last) { return .path }
    let isName = ["name", "names"].contains(last)
    return isName && words.dropLast().last.map(namedWords.contains) == true ? .path : nil
  }

  /// `path2` is a path too.
  private static func withoutNumber(_ word: String) -> String {
    String(decoding: Array(word.utf8.reversed().drop { (0x30...0x39).contains($0) }.reversed()), as: UTF8.self)
  }

  /// What follows them tells what for: `path_to_file`, `url_to_fetch`.
  private static let joints: Set<String> = ["to", "for", "of", "in", "from"]
  private static let pathWords: Set<String> = [
    "path", "paths", "pathname", "pathnames", "file", "files", "filename", "filenames", "filepath", "filepaths", "dir",
    "dirs", "directory", "directories", "folder", "folders", "root", "roots", "cwd", "workdir",
  ]
  private static let namedWords: Set<String> = ["path", "file", "dir", "directory", "folder"]
  private static let urlWords: Set<String> = [
    "uri", "uris", "url", "urls", "href", "hrefs", "link", "links", "endpoint", "endpoints",
  ]
  private static let urlFormats: Set<String> = ["uri", "uri-reference", "iri", "iri-reference", "url"]
  private static let pathFormats: Set<String> = ["path", "file-path", "directory-path"]
}

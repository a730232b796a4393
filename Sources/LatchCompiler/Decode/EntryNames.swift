import LatchSource

/// What messages call the rules, guardrails and tests of a file: rule `x`, test 3. Looked up once, since every one of
/// them may have mistakes, and one of them very many.
struct EntryNames {
  private var names: [String: [String]] = [:]

  init() {}

  init(_ tree: Tree) {
    add("rules", called: "rule", by: "id", tree)
    add("guardrails", called: "guardrail", by: "id", tree)
    add("tests", called: "test", by: "name", tree)
  }

  private mutating func add(_ section: String, called what: String, by label: String, _ tree: Tree) {
    names[section] = (tree.root[section]?.elements ?? []).enumerated().map { index, element in
      element[label]?.string.map { "\(what) `\(shortened($0.value))`" } ?? "\(what) \(index + 1)"
    }
  }

  subscript(section: String, index: Int) -> String? {
    names[section].flatMap { $0.indices.contains(index) ? $0[index] : nil }
  }
}

/// A name as it stands in messages about other things than itself, of which there may be many: cut when very long.
func shortened(_ name: String) -> String {
  let letters = name.unicodeScalars
  guard name.utf8.count > longestShown,
    let end = letters.index(letters.startIndex, offsetBy: longestShown, limitedBy: letters.endIndex),
    end < letters.endIndex
  else { return name }
  return String(letters[..<end]) + "…"
}

private let longestShown = 256

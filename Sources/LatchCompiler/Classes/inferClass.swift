package import LatchJSON
package import LatchPolicy

/// The class of a tool as far as its definition tells it (language.md §3), and why, in a few words.
///
/// The strictest known word of the name speaks; no known word means `execute`. Annotations are a server's own word:
/// they may raise `read` to `write`, and lower to `read` only if the author trusts them.
package func inferClass(
  of definition: JSONValue, trustAnnotations: Bool
) -> (class: ActionClass, reason: String) {
  let hints = Hints(definition["annotations"])
  if trustAnnotations, hints.onlyReads { return (.read, "annotation readOnlyHint, trusted") }
  let named = inferClass(ofName: definition["name"]?.string ?? "")
  if named.class == .read, let hint = hints.changes { return (.write, "annotation \(hint)") }
  return named
}

/// What the name alone says.
private func inferClass(ofName name: String) -> (class: ActionClass, reason: String) {
  let parts = parts(of: nameWords(name))
  let spoken = parts.map { part in part.lazy.compactMap { speaks($0, in: part) }.max { $0.class < $1.class } }
  guard let first = spoken.first, first != nil,
    let strictest = spoken.compactMap(\.self).max(by: { $0.class < $1.class })
  else { return (.execute, "no known word in the name") }
  return (strictest.class, "`\(strictest.word)` in the name")
}

/// A name's words, a part for each action that is joined to another: `search_and_replace` has two.
private func parts(of words: [String]) -> [[String]] {
  words.split(omittingEmptySubsequences: false) { ClassWords.joints.contains($0) }.map { part in
    part.reduce(into: [String]()) { joined, word in
      if ClassWords.particles.contains(word), let last = joined.last, isKnown(last + word) {
        joined[joined.count - 1] = last + word
      } else {
        joined.append(word)
      }
    }
  }
}

private func isKnown(_ word: String) -> Bool { ClassWords.actions[word] != nil || ClassWords.things[word] != nil }

/// What a word says within its part of the name.
private func speaks(_ word: String, in part: [String]) -> (class: ActionClass, word: String)? {
  if let actionClass = ClassWords.actions[word] { return (actionClass, word) }
  let firstAction = part.lazy.compactMap { ClassWords.actions[$0] }.first
  guard firstAction != .read else { return nil }
  let singular = word.utf8.last == UInt8(ascii: "s") ? String(word.dropLast()) : word
  return (ClassWords.things[word] ?? ClassWords.things[singular]).map { ($0, word) }
}

/// What a server says of its tool, where it says so in the form of the protocol.
private struct Hints {
  /// It says that the tool changes nothing, and nothing else that it says contradicts this.
  var onlyReads: Bool
  /// The hint that says that the tool changes something.
  var changes: String?

  init(_ annotations: JSONValue?) {
    let readOnly = annotations?["readOnlyHint"]?.bool
    let destructive = annotations?["destructiveHint"]?.bool
    onlyReads = readOnly == true && destructive != true
    changes = readOnly == false ? "readOnlyHint: false" : destructive == true ? "destructiveHint: true" : nil
  }
}

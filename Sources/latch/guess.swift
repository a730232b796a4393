import LatchSource

/// What to say after a name that is not known: what was probably meant, else all that there is.
func guess(at name: String, among known: [String]) -> String {
  if let near = closest(to: name, among: known) { return "; did you mean `\(near)`?" }
  return known.isEmpty ? "; there is none" : "; there is \(known.map { "`\($0)`" }.joined(separator: ", "))"
}

package import LatchAutomata

extension TextMatcher {
  /// Whether what the matcher reads of a text is accepted, as at run time; nil if the text is not of the form that it
  /// reads. Of a path below a directory that only the proxy knows nothing can be told so.
  package func accepts(_ text: String, by automaton: Automaton, isFolded: Bool) -> Bool? {
    let bytes = Array(text.utf8)
    return switch self {
    case .glob, .regex, .prefix, .suffix, .contains: automaton.accepts(bytes.span)
    case .within, .pathGlob: automaton.acceptsPath(bytes.span, below: nil, isFolded: isFolded, links: nil)
    case .host: automaton.acceptsURL(bytes.span, .host)
    case .scheme: automaton.acceptsURL(bytes.span, .scheme)
    case .urlPath: automaton.acceptsURL(bytes.span, .path)
    case .domain: automaton.acceptsDomain(bytes.span)
    }
  }
}

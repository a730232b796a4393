/// A pattern with texts to try it on.
struct PatternCase: Codable {
  var pattern: String
  var texts: [String]
}

extension Python {
  /// In which texts each pattern is found, by a module with the interface of Python's `re`; nil where it refuses the
  /// pattern.
  static func verdicts(of module: String, flags: String = "", on cases: [PatternCase]) throws -> [[Bool]?] {
    try run(
      """
      import \(module) as engine
      def verdict(case):
        try: pattern = engine.compile(case['pattern']\(flags))
        except engine.error: return None
        return [pattern.search(text) is not None for text in case['texts']]
      result = [verdict(case) for case in data]
      """, input: cases)
  }
}

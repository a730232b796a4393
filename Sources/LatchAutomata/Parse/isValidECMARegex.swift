/// Whether the text is a pattern of ECMA-262 with the `u` flag, also one that has no automaton.
package func isValidECMARegex(_ pattern: String) -> Bool {
  var parser = RegexParser(pattern, dialect: .ecma, isStrict: true)
  return (try? parser.parseAll()) != nil
}

import LatchPolicy
import LatchTestSupport
import Testing

@Suite struct PathDifferentialTests {
  private struct Answer: Decodable {
    /// What `posixpath` makes of the clean path.
    var normal: String
    /// The path of a `file:` URL.
    var url: String?
  }

  @Test(.enabled(if: PythonProgram.isHere, "python3 is not here"))
  func aCleanPathIsItsOwnNormalForm() throws {
    var random = RandomTexts(seed: 7)
    let texts = Set((0..<20_000).map { _ in random.filePath() }).filter { Readings.path($0) != nil }
      .sorted { $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars) }
    let answers = try PythonProgram.run(
      """
      import posixpath
      from urllib.parse import unquote, urlsplit
      def answer(text, path):
          isURL = text[:5].lower() == 'file:'
          return {'normal': posixpath.normpath(path), 'url': unquote(urlsplit(text).path) if isURL else None}
      result = [answer(*pair) for pair in data]
      """, on: texts.map { [$0, Readings.path($0) ?? ""] }, giving: [Answer].self)
    #expect(texts.count > 1000)
    for (text, answer) in zip(texts, answers) {
      let path = try Array(#require(Readings.path(text)).utf8)
      try #require(Array(answer.normal.utf8) == path, "\(text)")
      let written = Array((answer.url ?? text).utf8)
      try #require(written == path || written == path + Array("/".utf8), "\(text)")
    }
  }
}

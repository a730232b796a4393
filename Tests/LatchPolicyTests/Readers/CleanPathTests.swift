import LatchPolicy
import Testing

@Suite struct CleanPathTests {
  @Test(arguments: [
    ("/", "/"), ("/srv", "/srv"), ("/srv/", "/srv"), ("/srv/a b/c", "/srv/a b/c"), ("/srv/...", "/srv/..."),
    ("/srv/.git", "/srv/.git"), ("/srv/a..", "/srv/a.."), ("/srv/..a", "/srv/..a"),
    ("/srv/%2e%2e/x", "/srv/%2e%2e/x"), ("/~/x", "/~/x"), ("/srv/é", "/srv/é"), ("/srv/。。/x", "/srv/。。/x"),
    ("/srv/\u{FF0E}\u{FF0E}", "/srv/\u{FF0E}\u{FF0E}"), ("/it's", "/it's"), ("/a?b#c", "/a?b#c"), ("/C:/x", "/C:/x"),
    ("/a;b:c", "/a;b:c"), ("/😀", "/😀"), ("file:///srv/x", "/srv/x"), ("FILE:///srv/x/", "/srv/x"), ("file:///", "/"),
    ("file:///C:/x", "/C:/x"), ("file:///srv/é ü", "/srv/é ü"), ("file:///ab|/x", "/ab|/x"),
  ])
  func aPathThatEveryProgramReadsAlikeIsClean(_ text: String, _ path: String) {
    #expect(Readings.path(text) == path)
  }

  @Test(
    arguments: [
      (.empty, [""]),
      (
        .notAbsolute,
        [
          "srv", "./srv", "~/x", " /srv", "C:\\x", "${HOME}/x", "https://h/x", "\u{FEFF}/srv", "\\\\host\\x",
        ]
      ),
      (.doubledStart, ["//", "//host/x", "///x"]),
      (.emptySegment, ["/a//b", "/a//"]),
      (.dot, ["/.", "/./", "/a/./b"]),
      (.dotDot, ["/..", "/a/..", "/a/../b", "/a/../"]),
      (.control, ["/srv/\0", "/srv/a\0/../b", "/a\nb", "/a\tb", "/a\u{7F}b", "/a\u{1B}[2J"]),
      (.backslash, ["/a\\b", "/srv/..\\x"]),
    ] as [(CleanPath.Problem, [String])])
  func aPathThatCouldBeAnotherIsRefused(_ problem: CleanPath.Problem, _ texts: [String]) {
    for text in texts { #expect(Readings.problem(ofPath: text) == problem, "\(text.debugDescription)") }
  }

  @Test(arguments: [
    "file:/srv", "file:srv", "file://srv/x", "file://localhost/srv", "file:", "file://", "FILE://host/x",
    "file:///a%20b", "file:///srv/%2e%2e/x", "file:///srv/x?y", "file:///srv/x#y", "file:///c|/x", "file:///C|",
    "file:\\\\\\srv",
  ])
  func aFileURLWithAnotherReadingIsRefused(_ text: String) {
    #expect(Readings.problem(ofPath: text) == .fileURL)
  }

  @Test(arguments: ["file:////host/x", "file:///a//b", "file:///a/../b", "file:///./a", "file:///a\\b"])
  func thePathOfAFileURLIsAsStrict(_ text: String) {
    #expect(Readings.path(text) == nil)
  }

  /// A server that strips its argument would see the parent directory, or the file that a rule protects.
  @Test(arguments: [
    [
      " ", "\u{A0}", "\u{85}", "\u{1680}", "\u{2003}", "\u{200B}", "\u{2028}", "\u{2029}", "\u{202F}", "\u{205F}",
      "\u{3000}", "\u{FEFF}", "\u{180E}", "'", "\"",
    ]
  ])
  func whatProgramsStripMayNotStandAtTheEnd(_ ends: [String]) {
    for end in ends {
      for text in ["/srv/..", "/srv/secret", "/srv/", "/", "file:///srv/x"] {
        #expect(Readings.problem(ofPath: text + end) == .strippedEnd, "\(end.debugDescription)")
      }
      #expect(Readings.path("/srv/a" + end + "b") == "/srv/a" + end + "b")
    }
  }

  @Test(arguments: [
    ("/srv/x", "/srv/x"), ("/Srv/README.md", "/srv/readme.md"), ("/srv/É/", "/srv/é"), ("/srv/e\u{301}", "/srv/é"),
    ("/srv/\u{212A}ey", "/srv/key"), ("FILE:///SRV", "/srv"), ("/ſ", "/s"),
  ])
  func denyingPlacesCompareFoldedPaths(_ text: String, _ folded: String) throws {
    #expect(Readings.foldedPath(text).map { Array($0.utf8) } == Array(folded.utf8))
  }

  @Test func longPathsAreFoldedToo() {
    let long = String(repeating: "/Abc", count: 1000)
    #expect(Readings.foldedPath(long) == String(repeating: "/abc", count: 1000))
  }

  @Test(
    arguments: [
      ("/srv", "/srv", ""), ("/srv/a/b", "/srv", "/a/b"), ("/srv/a", "/", "/srv/a"), ("/", "/", ""),
      ("/srvx", "/srv", nil), ("/sr", "/srv", nil), ("/", "/srv", nil), ("/a/srv", "/srv", nil),
      ("/srv/a", "/srv/a", ""), ("/srv/ab", "/srv/a", nil),
    ] as [(String, String, String?)])
  func whatLiesBelowAPlaceIsToldBySegments(_ path: String, _ base: String, _ rest: String?) {
    let path = Readings.bytes(path)
    let range = CleanPath.remainder(of: path.span, below: Readings.bytes(base))
    #expect(range.map { String(decoding: path[$0], as: UTF8.self) } == rest)
  }

  @Test func anAuthorIsToldWhatIsWrong() {
    #expect(CleanPath.problem("/srv/data") == nil)
    #expect(CleanPath.problem("/srv/../x") == "it holds the segment `..`; write the path that is meant")
    #expect(Set(CleanPath.Problem.allCases.map(\.message)).count == CleanPath.Problem.allCases.count)
  }
}

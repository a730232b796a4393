import LatchPolicy
import Testing

@Suite struct URLPathTests {
  @Test(arguments: [
    ("", "/"), ("/", "/"), ("?x", "/"), ("#x", "/"), ("/a", "/a"), ("/a/", "/a/"), ("/a?b/../c", "/a"),
    ("/a#b//c", "/a"), ("/%61dmin", "/admin"), ("/a%20b", "/a b"), ("/caf%C3%A9", "/café"), ("/100%25", "/100%"),
    ("/100%25-off", "/100%-off"), ("/a%25/b", "/a%/b"), ("/...", "/..."), ("/a..b/.c", "/a..b/.c"),
    ("/%2e%2e%2e", "/..."), ("/C%23", "/C#"), ("/who%3F", "/who?"), ("/@x:y=1,2+3", "/@x:y=1,2+3"),
    ("/~u/(1)'*!$&", "/~u/(1)'*!$&"), ("/%7Eu", "/~u"), ("/%F0%9F%98%80", "/😀"), ("/a%2Bb", "/a+b"),
  ])
  func aPathIsReadDecoded(_ path: String, _ subject: String) throws {
    #expect(try Readings.urlPath("https://h" + path) == subject)
  }

  @Test(
    arguments: [
      (
        .dotSegment,
        [
          "/.", "/..", "/a/../b", "/a/./b", "/a/..", "/%2e%2e/b", "/a/%2E%2e", "/a/.%2e/b", "/a/%2e./", "/%2e",
          "/a/%2E/", "/..?x", "/..#x",
        ]
      ),
      (.emptySegment, ["//", "//a", "/a//b", "/a//"]),
      (.encodedSeparator, ["/a%2fb", "/a%2F..%2Fb", "/a%5cb", "/..%5C"]),
      (.encodedControl, ["/a%00b", "/a%0d%0aX:y", "/%7f", "/%C2%85"]),
      (.doublePercent, ["/%252e%252e/x", "/%25%32%65", "/a%252fb", "/%25u002e", "/%2541"]),
      (.percent, ["/%", "/%2", "/%zz", "/%u002e", "/a%2", "/a%/"]),
      (.parameters, ["/..;/admin", "/admin;x=y/a", "/a%3Bb", "/;/"]),
      (.pathText, ["/%c0%ae%c0%ae/", "/%c0%af", "/%ff", "/%ed%a0%80", "/%e2%82"]),
      (.pathCharacter, ["/a\"b", "/<x>", "/a|b", "/{x}", "/[x]", "/a^b", "/a`b"]),
      (.strippedEnd, ["/admin%20", "/admin%E2%80%83", "/admin%C2%A0"]),
    ] as [(CleanURL.Problem, [String])])
  func aPathThatServersReadDifferentlyIsRefused(_ problem: CleanURL.Problem, _ paths: [String]) {
    for path in paths { #expect(Readings.problem(ofPathIn: "https://h" + path) == problem, "\(path)") }
  }

  @Test func theHostIsReadAllTheSame() {
    for path in ["//", "/a%2Fb", "/..", "/%", "/;", "/{}", "/%00"] {
      #expect(Readings.hostAndPort("https://h" + path) == "h:443")
    }
  }

  @Test func longPathsAreDecodedToo() throws {
    let path = String(repeating: "/%61bc", count: 1000)
    #expect(try Readings.urlPath("https://h" + path) == String(repeating: "/abc", count: 1000))
    #expect(Readings.problem(ofPathIn: "https://h" + path + "/%2e%2e") == .dotSegment)
  }
}

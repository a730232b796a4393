import LatchJSON
import Testing

@testable import LatchPolicy

/// Paths that lead to protected files through links: which of them are looked up, and from where.
@Suite struct SelfProtectionLinkTests {
  private static let paths = ProjectPaths(
    projects: ["/srv/project"], homes: ["/home/ann"], workingDirectories: ["/opt/here"])

  /// `links`: paths as they are looked up, and where they lead; `unknown`: one of which nobody knows.
  private static func isReached(
    _ text: String, _ links: [String: String] = [:], unknown: String? = nil, directory: String? = nil
  ) -> Bool {
    isReached(.object([.init("a", .string(text))]), named: nil, links, unknown: unknown, directory: directory)
  }

  private static func isReached(
    _ arguments: JSONValue, named names: ArgumentNames?, _ links: [String: String], unknown: String? = nil,
    directory: String? = nil
  ) -> Bool {
    let launch = Launch.stdio(command: "server", arguments: [], environment: [], directory: directory, inherit: [])
    let guardrail = SelfProtection(ProtectedPath.always, paths, launch: launch)
    let arguments = Arguments(document: arguments.document(), root: JSONDocument.root)
    return guardrail.isReached(from: arguments, named: names, .write) { bytes in
      let path = String(decoding: bytes, as: UTF8.self)
      if path == unknown { return nil }
      return links[path].map { Array($0.utf8) } ?? bytes
    }
  }

  @Test func onlyNamesThatTheSchemaGivesAreNotLookedUp() throws {
    let schema = try JSONValue(
      parsing: Array(#"{"properties": {"o": {}, "x": {}}, "patternProperties": {"^y": {}}}"#.utf8))
    let names = try #require(ArgumentNames(of: schema))
    for (arguments, isFound) in [
      (#"{"x": 1}"#, false), (#"{"o": {"z": 1}, "x": [1]}"#, false), (#"{"o": {"x": 1}}"#, true),
      (#"{"o": ["x"]}"#, true), (#"{"x": "x"}"#, true), (#"{"o": [{}, []], "x": {"x": 0}}"#, true),
    ] {
      let arguments = try JSONValue(parsing: Array(arguments.utf8))
      let links = ["/srv/project/x": "/srv/project/latch.yaml"]
      #expect(Self.isReached(arguments, named: names, links) == isFound, "\(arguments)")
      #expect(Self.isReached(arguments, named: nil, links))
    }
    let pattern = try JSONValue(parsing: Array(#"{"y": 1}"#.utf8))
    #expect(Self.isReached(pattern, named: names, ["/srv/project/y": "/srv/project/latch.yaml"]))
  }

  @Test(arguments: [
    ("docs/x", "/srv/project/docs/x"), ("docs/x", "/opt/here/docs/x"), ("x", "/srv/project/data/x"),
    ("/docs/x", "/docs/x"), ("~/x", "/home/ann/x"), ("$HOME/x", "/home/ann/x"), ("$PWD/x", "/opt/here/x"),
    ("$DATA/x", "/home/ann/x"), ("file:///docs/x", "/docs/x"), ("FILE://host/d%6Fcs/x?y", "/docs/x"),
    ("file:docs/x", "/srv/project/docs/x"), ("do\ncs/x", "/srv/project/do\ncs/x"), (" x\t", "/srv/project/x"),
    ("x\0y", "/srv/project/x"), ("a/../x", "/srv/project/x"), ("a/../x", "/srv/project/a/../x"),
    ("..\\x", "/srv/x"), ("..\\x", "/srv/project/..\\x"), ("../../x", "/srv/x"), ("~", "/srv/project/~"),
    ("/proc/self/cwd/x", "/srv/project/x"), ("/proc/1/root/docs/x", "/docs/x"),
    ("/proc/self/task/2/fd/3/x", "/opt/here/x"),
  ])
  func everyReadingIsLookedUpFromEveryDirectory(_ text: String, _ lookedUp: String) {
    #expect(Self.isReached(text, [lookedUp: "/srv/project/latch.yaml"], directory: "${project}/data"))
    #expect(!Self.isReached(text, [lookedUp: "/srv/project/data/x"], directory: "${project}/data"))
    #expect(!Self.isReached(text, ["\(lookedUp)/": "/srv/project/latch.yaml"], directory: "${project}/data"))
  }

  @Test func whatCannotBeKnownIsTakenToLeadThere() {
    #expect(Self.isReached("x", unknown: "/srv/project/x"))
    #expect(!Self.isReached("y", unknown: "/srv/project/x"))
  }

  @Test func aLinkIntoAProcessIsFollowedBack() {
    #expect(Self.isReached("x", ["/srv/project/x": "/proc/self/cwd/.latch"]))
    let links = ["/srv/project/x": "/proc/self/cwd/y", "/opt/here/y": "/srv/project/latch.yaml"]
    #expect(Self.isReached("x", links))
    #expect(!Self.isReached("z", links))
  }

  @Test func aLongTextIsPassedOverOnlyIfNothingShortensIt() {
    let long = String(repeating: "y", count: 5000)
    #expect(!Self.isReached(long, unknown: "/srv/project/\(long)"))
    let spaces = String(repeating: " ", count: 5000)
    for text in ["x\0\(long)", "\(long)\0x", "x\(spaces)", "\(long)/../x", "\(long)\\..\\x"] {
      #expect(Self.isReached(text, ["/srv/project/x": "/srv/project/latch.yaml"]), "\(text.prefix(8))")
    }
  }

  @Test func aLongPathIsLookedUpOnceItIsShort() {
    let links = ["/srv/project/docs/x": "/srv/project/latch.yaml"]
    #expect(Self.isReached("docs/x" + String(repeating: "/y/..", count: 5000), links))
    #expect(Self.isReached(String(repeating: "./", count: 5000) + "docs/x", links))
    #expect(!Self.isReached(String(repeating: "y/", count: 5000) + "../docs/x", links))
  }
}

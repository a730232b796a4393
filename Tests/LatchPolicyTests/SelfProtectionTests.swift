import LatchJSON
import LatchTestSupport
import Testing

@testable import LatchPolicy

/// What an injected model may try, so that a call reaches the files that decide about calls.
@Suite struct SelfProtectionTests {
  private static let project = "/srv/project"
  private static let paths = ProjectPaths(
    projects: [project], homes: ["/home/ann"], alsoProtected: ["/var/lib/state dir/latch"])

  private static func launch(in directory: String? = nil) -> Launch {
    .stdio(command: "server", arguments: [], environment: [], directory: directory, inherit: [])
  }

  private static func arguments(_ text: String) -> Arguments {
    Arguments(document: JSONValue.object([.init("a", .string(text))]).document(), root: JSONDocument.root)
  }

  /// `places`: where the server is known to run; `directory`: its `cwd`.
  private static func isTouched(
    _ text: String, _ actionClass: ActionClass = .write, from places: [String] = [], directory: String? = nil
  ) -> Bool {
    var paths = paths
    paths.workingDirectories = places
    let guardrail = SelfProtection(ProtectedPath.always, paths, launch: launch(in: directory))
    return guardrail.isTouched(by: arguments(text), actionClass)
  }

  @Test(arguments: [
    "latch.yaml", "/srv/project/latch.yaml", "LATCH.YAML", "./latch.yaml", "a/../latch.yaml",
    "//srv//project/latch.lock",
    "/srv/project/.latch/policy.latch", ".latch", "..\\project\\latch.yaml", "../project/latch.yaml",
    "/srv/project/x/./../latch.yaml", "/proc/self/cwd/latch.yaml", "file:///srv/project/l%61tch.yaml",
    "FILE:/srv/project/%6catch%2eyaml?x", " latch.yaml ", "latch.yaml\u{0}.txt", "\u{FB02}/../latch.yaml",
    "/srv/proje\u{10D}t/../project/latch.yaml", "~/.config/latch/x", "$HOME/.config/latch/config.yaml",
    "/var/lib/state dir/latch/state.db", "/proc/self/cwd/latch/state.db", "${PWD}/latch.yaml", "latch.yaml/",
  ])
  func aProtectedFileIsSeenHoweverItIsSpelled(_ text: String) {
    #expect(Self.isTouched(text))
  }

  @Test(arguments: [
    "cat latch.yaml", "sed -i s/deny/allow/ ./latch.yaml", "x=latch.yaml;rm $x", "echo>latch.lock", "cp a 'latch.yaml'",
    "tee /srv/project/.latch/policy.latch<x", "(cd .; vi \"latch.yaml\")", "git checkout x -- latch.yaml",
  ])
  func aCommandThatNamesOneIsSeen(_ command: String) {
    #expect(Self.isTouched(command, .execute))
  }

  private static func isTaken(
    _ text: String, below directory: String, _ pattern: [String] = ["*.yaml"], from places: [String] = []
  ) -> Bool {
    var paths = paths
    paths.workingDirectories = places
    let family = ProtectedPath(.project, directory, kind: .source, pattern: pattern)
    return SelfProtection([family], paths, launch: launch()).isTouched(by: arguments(text), .write)
  }

  @Test(arguments: [
    "rules/new.yaml", "/srv/project/rules/deep/er/new.YAML", "./rules/../rules/x.yaml", "RULES/a.yaml",
    "file:///srv/project/rul%65s/x%2eyaml", "../project/rules/x.yaml", "rules/.yaml", "rules/\u{E9}.yaml/",
  ])
  func whatIsNotThereYetButWouldBeIncludedIsSeen(_ text: String) {
    #expect(Self.isTaken(text, below: "rules"))
    #expect(Self.isTaken(text, below: "."))
    #expect(Self.isTaken("project/rules/x.yaml", below: "rules", from: ["/srv"]))
  }

  @Test(arguments: [
    "rules/readme.md", "/srv/other/x.yaml", "/srv/x.yaml", "rules", "rules/x.yaml.md", "rules/x.yaml/b",
  ])
  func whatWouldNotBeIncludedIsLeftAlone(_ text: String) {
    #expect(!Self.isTaken(text, below: "rules"))
    #expect(!Self.isTaken(text, below: "."))
    #expect(!Self.isTaken("docs/x.yaml", below: "rules"))
  }

  @Test(arguments: [
    "svc/policies/x.yaml", "/srv/project/a/policies/b.yaml", "POLICIES/x.yaml", "svc/./policies/../policies/.yaml",
  ])
  func theLastSegmentsOfAPatternAreSeen(_ text: String) {
    #expect(Self.isTaken(text, below: ".", ["policies", "*.yaml"]))
    #expect(Self.isTaken("x.yaml", below: ".", ["policies", "*.yaml"], from: ["/srv/project/svc/policies"]))
    #expect(Self.isTaken("../x.yaml", below: ".", ["policies", "*.yaml"], from: ["/srv/project/svc/policies/a"]))
  }

  @Test(arguments: ["Fix values.yaml", "k8s/deploy.yaml", "see https://example.com/openapi.yaml", "x.yaml", "policies"])
  func ordinaryTextsAndFilesAreLeftAlone(_ text: String) {
    #expect(!Self.isTaken(text, below: ".", ["policies", "*.yaml"]))
    #expect(!Self.isTaken("k8s/network-policy.yaml", below: ".", ["policy.yaml"]))
    #expect(Self.isTaken("k8s/policy.yaml", below: ".", ["policy.yaml"]))
  }

  @Test(arguments: [
    "project/latch.yaml", "./project/.latch/policy.latch", "PROJECT\\latch.lock", "a/../project/latch.yaml",
    ".config/latch/config.json", "../ann/.local/state/latch/state.db", "file:project/latch.yaml", "$PWD/project/.latch",
    "../state dir/latch/x",
  ])
  func aRelativePathIsReadFromWhereTheServerRuns(_ text: String) {
    #expect(Self.isTouched(text, from: ["/srv", "/home/ann", "/var/lib/x"]))
    #expect(Self.isTouched("file.txt", from: ["/srv/project/.latch"]))
  }

  @Test(arguments: ["latch/x.md", "other/latch.yaml", "project/readme", "ann/.config/latch", "", "."])
  func whereTheServerRunsMakesNothingElseOfAPath(_ text: String) {
    #expect(!Self.isTouched(text, from: ["/srv", "/home/ann"]))
    #expect(!Self.isTouched(text, from: ["/"]))
  }

  @Test(arguments: [
    ("project/latch.yaml", "${project}/.."), ("project/latch.yaml", "/srv/x/.."), ("project/latch.yaml", ".."),
    (".config/latch", "${home}"), ("latch/config.json", "${home}/.config/./"),
  ])
  func aRelativePathIsReadFromTheUpstreamsDirectory(_ text: String, _ directory: String) {
    #expect(Self.isTouched(text, directory: directory))
  }

  /// What tells that most texts name no file must not give up where the server runs above one.
  @Test func onlyADirectoryInsideAProtectedPlaceSuspectsEveryText() {
    func words(_ directory: String) -> [[UInt8]] {
      let paths = ProjectPaths(projects: ["/srv/project"], homes: ["/home/ann"], workingDirectories: [directory])
      return ProtectedPlaces(ProtectedPath.always, paths, PathBases(paths, launch: Self.launch())).lastSegments
    }
    for directory in ["/", "/srv", "/home/ann", "/srv/project/data", "/home/ann/.config"] {
      #expect(Set(words(directory)) == Set([".latch", "latch.lock", "latch.yaml", "latch"].map { Array($0.utf8) }))
    }
    #expect(words("/srv/project/.latch/x") == [[]])
  }

  @Test(arguments: ["", "x", "notes.md", "/srv/project/latch.yaml.md", "a latch for the door", "/srv/other/readme"])
  func whatNamesNoneIsLeftAlone(_ text: String) {
    #expect(!Self.isTouched(text))
    #expect(!Self.isTouched(text, .execute))
  }

  @Test(arguments: [
    #"{"a":"x","b":"latch.yaml","c":"y"}"#, #"{"a":"\u0078","b":"latch.yam\u006c"}"#, #"{"latch.yaml":1}"#,
    #"{"latch.yam\u006c":[{}],"b":"\n"}"#, #"{"a":[{"b":["latch.yaml"]}]}"#,
  ])
  func everyStringIsReadWhereverItStands(_ arguments: String) throws {
    let guardrail = SelfProtection(ProtectedPath.always, Self.paths, launch: Self.launch())
    let padding = String(repeating: "x", count: 100)
    for (message, root) in [(arguments, 0), (#"["\#(padding)",\#(arguments)]"#, 2)] {
      let document = try JSONDocument(parsing: Array(message.utf8))
      #expect(guardrail.isTouched(by: Arguments(document: document, root: root), .write))
    }
    let beside = try JSONDocument(parsing: Array(#"[\#(arguments),{"a":"x"}]"#.utf8))
    #expect(!guardrail.isTouched(by: Arguments(document: beside, root: beside.nodes.count - 3), .write))
  }

  @Test func theGlanceNeverMissesAWordThatIsThere() {
    var dice = Dice(seed: 11)
    let letters = Array("latch.yml-LATCHfe: /\u{1}".utf8)
    var found = 0
    for _ in 0..<20_000 {
      let words = dice.many(1...4) { $0.many(1...7) { $0.pick(letters) } }
      let text = dice.many(0...150) { $0.pick(letters) }
      let screen = PathScreen(words)
      let holds = (words + [Array("file:".utf8)]).contains { Self.stands($0, in: text) }
      if holds { found += 1 }
      let isSuspected = screen.mayNameAny(text.span)
      #expect(isSuspected || !holds, "\(words) in \(text)")
    }
    #expect(found > 2000 && found < 19_000)
  }

  @Test func theGlanceLooksClosely() {
    let screen = PathScreen([Array("latch.yaml".utf8), Array(".latch".utf8)])
    func mayName(_ text: String) -> Bool {
      let bytes = Array(text.utf8)
      return screen.mayNameAny(bytes.span)
    }
    #expect(!mayName(String(repeating: "a patch. yam ,latc", count: 500)))
    #expect(mayName(String(repeating: "l", count: 9999) + ".LaTCH"))
    #expect(mayName("\u{E9}"))
  }

  /// Whoever calls chooses the text; deciding must not take longer than reading it.
  @Test(arguments: ["\u{E9}/", "e\u{301} ", "a/", "a ", "latch/", "file:%61 ", "../", "x/../", "\u{212A}/", "'a\" "])
  func aLongTextIsReadInTime(_ part: String) {
    let text = String(repeating: part, count: (1 << 18) / part.utf8.count) + "latch.yamlx"
    let time = ContinuousClock().measure {
      #expect(!Self.isTouched(text, .execute, from: ["/srv", "/home/ann"]))
    }
    #expect(time < .seconds(60), "\(time)")
  }

  @Test func aLongPathIsReadToItsEnd() {
    let detour = String(repeating: "caf\u{E9}/../", count: 100_000)
    #expect(Self.isTouched("/srv/\(detour)project/latch.yaml"))
    #expect(Self.isTouched("/srv/project/latch.yaml/" + String(repeating: "x/", count: 100_000)))
    #expect(Self.isTouched(String(repeating: "x ", count: 100_000) + "../project/.latch", .execute))
    #expect(!Self.isTouched("/srv/\(detour)project/readme"))
  }

  private static func stands(_ word: [UInt8], in text: [UInt8]) -> Bool {
    let (word, text) = (word.map(small), text.map(small))
    return word.count <= text.count
      && (0...(text.count - word.count)).contains { text[$0..<($0 + word.count)].elementsEqual(word) }
  }

  private static func small(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }
}

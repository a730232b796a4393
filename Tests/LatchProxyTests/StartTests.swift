import Foundation
import LatchJSON
import LatchPolicy
import LatchProxy
import Testing

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// What the person who set it up sees when there is nothing to stand before.
@Suite(.serialized) struct StartTests {
  /// Sends `initialize` and expects the reason in its answer, on standard error, and in the exit code.
  private func expectRefusal(_ proxy: Running, _ reason: String) throws {
    proxy.send(Talk.initialize("2025-06-18"))
    let answer = try proxy.answer()
    #expect(answer["id"] == 0)
    #expect(answer["error"]?["code"] == -32603)
    #expect(answer["error"]?["message"]?.string?.contains(reason) == true, "\(answer)")
    #expect(proxy.ending()?.code == 2)
    #expect(proxy.complaints().contains(reason))
  }

  private let nothing = Launch.stdio(command: "true", arguments: [], environment: [], directory: nil, inherit: [])

  @Test func `a bundle that is not there, no bundle, or altered in a byte`() throws {
    try expectRefusal(Running(words: ["--bundle", "/nowhere/policy.latch", "--upstream", "server"]), "latch build")
    let scratch = Scratch()
    let bytes = try Fixture.bundle(launch: nothing).encoded()
    for (index, reason) in [(bytes.count / 2, "altered"), (bytes.count - 3, "altered")] {
      var damaged = bytes
      damaged[index] ^= 1
      let path = scratch.store("policy.latch", damaged)
      try expectRefusal(Running(words: ["--bundle", path, "--upstream", "server"]), reason)
    }
    let path = scratch.store("policy.latch", Array(bytes.dropLast(40)))
    try expectRefusal(Running(words: ["--bundle", path, "--upstream", "server"]), "cut short")
  }

  @Test func `a bundle that others may write to`() throws {
    let scratch = Scratch()
    let path = scratch.store("policy.latch", try Fixture.bundle(launch: nothing).encoded(), mode: 0o666)
    try expectRefusal(Running(words: ["--bundle", path, "--upstream", "server"]), "chmod go-w")
  }

  @Test func `another bundle than the pinned one`() throws {
    let pin = "bundle:sha256:" + String(repeating: "0", count: 64)
    try expectRefusal(Running(launch: nothing, words: ["--pin", pin]), "not the pinned one")
  }

  @Test func `an upstream that the bundle has not`() throws {
    let scratch = Scratch()
    let path = scratch.store("policy.latch", try Fixture.bundle(launch: nothing).encoded())
    try expectRefusal(Running(words: ["--bundle", path, "--upstream", "other"]), "no upstream `other`")
  }

  @Test func `a variable that is not set, a file that others may read, a project that is missing`() throws {
    func launch(_ text: String) -> Launch {
      .stdio(
        command: "true", arguments: [], environment: [Launch.Binding(name: "X", value: .text(text))], directory: nil,
        inherit: [])
    }
    try expectRefusal(Running(launch: launch("${env:LATCH_TEST_UNSET}")), "`LATCH_TEST_UNSET` is not set")
    let scratch = Scratch()
    let secret = scratch.store("secret", Array("s3cret\n".utf8), mode: 0o644)
    try expectRefusal(Running(launch: launch("${file:\(secret)}")), "chmod 600")
    try expectRefusal(Running(launch: launch("${project}/x")), "--project DIR")
    try expectRefusal(Running(launch: launch("${project}/x"), words: ["--project", "/"]), "cannot be the project")
  }

  @Test func `a program that is not there, or cannot be started`() throws {
    func launch(_ command: String, _ directory: String? = nil) -> Launch {
      .stdio(command: command, arguments: [], environment: [], directory: directory, inherit: [])
    }
    try expectRefusal(Running(launch: launch("latch-no-such-program")), "not in any absolute directory of PATH")
    try expectRefusal(Running(launch: launch("/etc/passwd")), "cannot be started")
    try expectRefusal(Running(launch: launch("true", "/nowhere")), "`/nowhere` cannot be entered")
  }

  @Test func `a server over HTTP that nobody is at home for`() throws {
    let launch = Launch.http(transport: "http", url: "http://127.0.0.1:9/mcp", headers: [], insecure: false)
    let proxy = try Running(launch: launch)
    proxy.send(Talk.initialize("2025-06-18"))
    #expect(try proxy.answer()["error"]?["message"]?.string?.contains("cannot be reached") == true)
  }

  @Test func `a server over HTTP without the program that reaches it`() throws {
    let scratch = Scratch()
    let alone = "\(scratch.path)/latch-proxy"
    try FileManager.default.copyItem(atPath: Product.path("latch-proxy"), toPath: alone)
    let launch = Launch.http(transport: "http", url: "http://127.0.0.1:9/mcp", headers: [], insecure: false)
    try expectRefusal(Running(launch: launch, scratch: scratch, program: alone), "`\(alone)-http` is needed")
    try FileManager.default.createSymbolicLink(atPath: "\(alone)-http", withDestinationPath: alone)
    try expectRefusal(Running(launch: launch, scratch: scratch, program: alone), "another name of latch-proxy")
  }

  @Test(arguments: [
    ([], "`--bundle` is missing"), (["--bundle", "x"], "`--upstream` is missing"),
    (["--bundle", "x", "--bundle", "y", "--upstream", "z"], "stands twice"), (["--bundle"], "wants a value"),
    (["--bundel", "x"], "not an option"), (["--trusted-key", "k.pem"], "later version"), (["stray"], "not an option"),
  ])
  func `words that cannot be followed`(_ words: [String], _ reason: String) throws {
    try expectRefusal(Running(words: words), reason)
  }

  @Test func `a client that asks in the stateless way first is told again when it shakes hands`() throws {
    let proxy = try Running(words: ["--bundle", "/nowhere", "--upstream", "server"])
    proxy.send(#"{"jsonrpc":"2.0","id":"d","method":"server/discover","params":{}}"#)
    #expect(try proxy.answer()["id"] == "d")
    try expectRefusal(proxy, "latch build")
  }

  @Test func `a server that ends before anyone asks is told to the first who does`() throws {
    let proxy = try Running(launch: nothing)
    usleep(300_000)
    proxy.send(Talk.initialize("2025-06-18"))
    let answer = try proxy.answer()
    #expect(answer["error"]?["message"]?.string?.contains("ended with exit code 0") == true)
    #expect(proxy.ending()?.code == 1)
  }

  @Test func `the server gets its variables and nothing else of ours`() throws {
    let scratch = Scratch()
    let secret = scratch.store("secret", Array("s3cret\nsecond line\n".utf8))
    let out = "\(scratch.path)/alive"
    let launch = Launch.stdio(
      command: "sh", arguments: ["-c", "env > \(out); ls /proc/self/fd >> \(out); ps -o pgid= -p $$ >> \(out)"],
      environment: [
        Launch.Binding(name: "A", value: .text("${env:LATCH_TEST_A}-${env:LATCH_TEST_B:-b}-$${x}")),
        Launch.Binding(name: "F", value: .text("${file:\(secret)}")),
        Launch.Binding(name: "O", value: .output(of: ["/bin/echo", "printed"])),
        Launch.Binding(name: "P", value: .text("${project}/data")),
      ], directory: nil, inherit: ["LATCH_TEST_KEPT"])
    let path = scratch.store("policy.latch", try Fixture.bundle(launch: launch).encoded())
    let proxy = try Running(
      words: ["--bundle", path, "--upstream", "server", "--project", "/srv/p"],
      environment: [("LATCH_TEST_A", "a"), ("LATCH_TEST_KEPT", "k"), ("LATCH_TEST_SECRET", "no"), ("LD_X", "no")])
    proxy.send(Talk.initialize("2025-06-18"))
    _ = proxy.line()
    let lines = (Running.contents(out) ?? "").split(separator: "\n")
    for wanted in ["A=a-b-${x}", "F=s3cret", "O=printed", "P=/srv/p/data", "LATCH_TEST_KEPT=k"] {
      #expect(lines.contains { $0 == wanted }, "\(wanted)")
    }
    #expect(!lines.contains { $0.contains("=no") })
  }

  @Test func `help and version are printed and nothing is started`() throws {
    let help = try Running(words: ["--help"])
    #expect(help.line()?.hasPrefix("latch-proxy stands between") == true)
    #expect(help.ending()?.code == 0)
    #expect(try Running(words: ["--version"]).line() == "latch-proxy \(Proxy.version)")
  }
}

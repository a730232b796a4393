import Foundation
import LatchJSON
import LatchPolicy

extension Section {
  /// What standing between client and server costs, beside no proxy at all and beside a relay in C that looks at nothing.
  ///
  /// All processes share one core, since the scheduler else decides the figures; the best of the rounds counts, as
  /// other load only ever adds.
  static let proxy = Section(name: "proxy") {
    pinToOneCore()
    let setup = try ProxySetup()
    defer { setup.remove() }
    var figures = setup.commands.map { _ in Figures() }
    for _ in 0..<7 {
      for (index, command) in setup.commands.enumerated() { try figures[index].add(command) }
    }
    return table(setup.commands.map(\.name), figures)
  }

  private static func table(_ names: [String], _ figures: [Figures]) -> Table {
    let direct = figures[0]
    let relay = figures[1]
    let added = { (path: KeyPath<Figures, Double>, figure: Figures) in
      let cost = figure[keyPath: path] - direct[keyPath: path]
      let floor = relay[keyPath: path] - direct[keyPath: path]
      return String(format: "%.2f×", cost / floor)
    }
    let rows = zip(names, figures).map { name, figure in
      [
        name, String(format: "%.1f", figure.start * 1e3), String(format: "%.1f", figure.small * 1e6),
        added(\.small, figure), String(format: "%.1f", figure.large * 1e6), added(\.large, figure),
        String(format: "%.0f", 1 / figure.crowded), String(format: "%.2f×", relay.crowded / figure.crowded),
        figure.memory.map { String(format: "%.1f", Double($0) / 1024) } ?? "–",
      ]
    }
    return Table(
      header: [
        "", "start ms", "100 B µs", "added, relay 1×", "10 KB µs", "added, relay 1×", "calls/s, 64 in flight",
        "of the relay's", "peak MiB",
      ], rows: rows)
  }
}

/// The best that a command did, in seconds; memory the most, in KiB.
private struct Figures {
  var start = Double.infinity
  var small = Double.infinity
  var large = Double.infinity
  var crowded = Double.infinity
  var memory: Int?

  mutating func add(_ command: ProxySetup.Command) throws {
    let clock = ContinuousClock()
    let began = clock.now
    let peer = try Peer(command.name, command.words)
    peer.greet()
    start = min(start, (clock.now - began) / .seconds(1))
    small = min(small, Self.median(of: 2000, peer, bytes: 100))
    large = min(large, Self.median(of: 700, peer, bytes: 10_000))
    crowded = min(crowded, Self.crowded(20_000, peer))
    memory = peer.peakMemory.map { max($0, memory ?? 0) }
    peer.end()
  }

  /// Of calls one after the other.
  private static func median(of count: Int, _ peer: Peer, bytes: Int) -> Double {
    let clock = ContinuousClock()
    var times: [Double] = []
    for number in 0..<count {
      let line = call(number, bytes: bytes)
      let began = clock.now
      peer.send(line)
      _ = peer.receive()
      times.append((clock.now - began) / .seconds(1))
    }
    return times.sorted()[count / 2]
  }

  /// Seconds a call while 64 are under way.
  private static func crowded(_ count: Int, _ peer: Peer) -> Double {
    let lines = (0..<64).map { call($0, bytes: 100) }
    let clock = ContinuousClock()
    let began = clock.now
    for line in lines { peer.send(line) }
    for number in 0..<count {
      _ = peer.receive()
      if number + 64 < count { peer.send(lines[number % 64]) }
    }
    return (clock.now - began) / .seconds(1) / Double(count)
  }

  private static func call(_ number: Int, bytes: Int) -> [UInt8] {
    let head =
      #"{"jsonrpc":"2.0","id":\#(number),"method":"tools/call","params":{"name":"echo","arguments":{"text":""#
    return Array(head.utf8) + Array(repeating: 0x61, count: max(0, bytes - head.utf8.count - 4)) + Array("\"}}}\n".utf8)
  }
}

/// The commands that are measured, and the policy that the proxy reads.
private struct ProxySetup {
  struct Command {
    var name: String
    var words: [String]
  }

  let commands: [Command]
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("latch-bench-\(getpid())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let tools = folder.appendingPathComponent("tools.json")
    try Data(#"{"tools":[\#(Self.definition)]}"#.utf8).write(to: tools)
    let server = [Self.program("puppet"), tools.path]
    let bundle = folder.appendingPathComponent("policy.latch")
    try Data(try Self.bundle(server).encoded()).write(to: bundle)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: bundle.path)
    commands = [
      Command(name: "direct", words: server),
      Command(name: "byte relay in C", words: [Self.program("byte-relay")] + server),
      Command(
        name: "latch-proxy",
        words: [Self.program("latch-proxy"), "--bundle", bundle.path, "--upstream", "echo"]),
    ]
  }

  func remove() { try? FileManager.default.removeItem(at: folder) }

  private static let definition =
    #"{"name":"echo","inputSchema":{"type":"object","properties":{"text":{"type":"string"}}}}"#

  private static func bundle(_ server: [String]) throws -> LatchPolicy.Bundle {
    let definition = try JSONValue(parsing: Array(definition.utf8))
    let echo = ToolPolicy(
      name: "echo", inferredClass: .execute, effectiveClass: .execute, digests: [try ToolDigest.of(definition)],
      inputSchema: definition["inputSchema"],
      candidates: [
        Candidate(
          rule: 0, effect: .allow,
          specificity: Specificity(tool: 2, upstream: 0, condition: 0, actionClass: 0, client: 0))
      ])
    var bundle = LatchPolicy.Bundle(name: "benchmark", rules: [RuleText(id: "echo")])
    bundle.guarding.protected = ProtectedPath.always
    bundle.upstreams = [
      UpstreamPolicy(
        name: "echo",
        launch: .stdio(
          command: server[0], arguments: Array(server.dropFirst()), environment: [], directory: nil, inherit: []),
        tools: [echo])
    ]
    bundle.provenance = Provenance(compiler: "benchmark")
    return bundle
  }

  /// Beside this one.
  private static func program(_ name: String) -> String {
    URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().appendingPathComponent(name).path
  }
}

/// From here on this process and those that it starts run on the first core, where `taskset` is there to say so.
private func pinToOneCore() {
  let taskset = Process()
  taskset.executableURL = URL(fileURLWithPath: "/usr/bin/taskset")
  taskset.arguments = ["-a", "-c", "-p", "0", String(getpid())]
  taskset.standardOutput = FileHandle.nullDevice
  do {
    try taskset.run()
    taskset.waitUntilExit()
  } catch {
    print("(no taskset: the processes run where the scheduler puts them)")
  }
}

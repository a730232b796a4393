import Dispatch
import LatchCompiler
import LatchJSON
import LatchLaunch
import LatchMCP
import LatchPolicy
import LatchSchema
import Synchronization

/// One upstream to be asked for its tools.
struct UpstreamToList: Sendable {
  var name: String
  var launch: Launch
  var trustsAnnotations: Bool
  /// Tools whose arguments are not held against their schema.
  var ignoredSchemas: Set<String>
}

/// What came of asking one upstream.
struct UpstreamListing: Sendable {
  var name: String
  var outcome: Result<LockedUpstream, Failure>
  /// What should be known of the server, a sentence each.
  var notes: [String] = []
}

extension UpstreamListing {
  /// Asks all of them, several at a time; the answers are in the order of the questions.
  static func all(of upstreams: [UpstreamToList], references: References, limits: SessionLimits) -> [UpstreamListing] {
    let done = Mutex<[Int: UpstreamListing]>([:])
    DispatchQueue.concurrentPerform(iterations: upstreams.count) { index in
      let listing = UpstreamListing(of: upstreams[index], references: references, limits: limits)
      done.withLock { $0[index] = listing }
    }
    return done.withLock { done in upstreams.indices.compactMap { done[$0] } }
  }

  private init(of upstream: UpstreamToList, references: References, limits: SessionLimits) {
    name = upstream.name
    outcome = .failure(Failure(""))
    do {
      let renderings = try Rendering.all(of: try upstream.launch.server(with: references), limits: limits)
      let locked = try locked(renderings, trustsAnnotations: upstream.trustsAnnotations)
      outcome = .success(locked)
      for tool in locked.tools where !upstream.ignoredSchemas.contains(tool.name) { notes += unchecked(in: tool) }
    } catch {
      outcome = .failure((error as? Failure) ?? Failure("\(error)".harmless))
    }
  }

  private mutating func locked(_ renderings: [Rendering], trustsAnnotations: Bool) throws -> LockedUpstream {
    guard let main = renderings.first else { throw Failure("it speaks no revision that Latch knows") }
    if renderings.contains(where: { !$0.isStable }) {
      notes.append("its tools' definitions change from list to list; calls will be denied as `changed_tool`")
    }
    var tools: [LockedTool] = []
    for definition in main.tools {
      let name = definition["name"]?.string ?? ""
      if name.utf8.first == UInt8(ascii: "@") {
        notes.append("its tool `\(name.harmless)` is left out: names that begin with `@` are Latch's own")
        continue
      }
      let others = renderings.dropFirst().compactMap { rendering in
        rendering.tools.first { $0["name"]?.string?.utf8.elementsEqual(name.utf8) == true }
          .map { (revision: rendering.hello.revision.rawValue, definition: $0) }
      }
      tools.append(try LockedTool(definition: definition, others: others, trustAnnotations: trustsAnnotations))
    }
    notes += onlyElsewhere(renderings)
    return LockedUpstream(
      name: name, server: main.hello.name,
      instructionsDigest: main.hello.instructions.map(LockedUpstream.digest(ofInstructions:)), tools: tools)
  }

  /// What of the tool's schema the proxy cannot check.
  private func unchecked(in tool: LockedTool) -> [String] {
    guard let schema = tool.inputSchema else { return [] }
    let name = tool.name.harmless
    let unless = "unless `tools: { \(name): { schema: ignore } }` is said of it"
    do throws(SchemaError) {
      return try UsableSchema(schema).setAside.map { setAside in
        "calls of its tool `\(name)` that give `\(setAside.argument.harmless)` will be denied, \(unless): "
          + setAside.problem.harmless
      }
    } catch {
      return ["the `inputSchema` of its tool `\(name)` cannot be used, \(unless): \(error.message.harmless)"]
    }
  }

  /// Tools that only clients of an older revision would see are not locked, and so are unknown to the proxy.
  private func onlyElsewhere(_ renderings: [Rendering]) -> [String] {
    let known = Set((renderings.first?.tools ?? []).compactMap { $0["name"]?.string.map { Array($0.utf8) } })
    return renderings.dropFirst().flatMap { rendering in
      rendering.tools.compactMap { $0["name"]?.string }.filter { !known.contains(Array($0.utf8)) }.map {
        "its tool `\($0.harmless)` is listed in revision \(rendering.hello.revision.rawValue) only and is left out"
      }
    }
  }
}

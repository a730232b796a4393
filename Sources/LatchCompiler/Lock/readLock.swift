import LatchJSON
import LatchPolicy
package import LatchSource

/// Reads `latch.lock` strictly; the digest of every definition is computed again, so that an edited lock is found.
package func readLock(_ source: Source) -> Outcome<LockFile> {
  do {
    let document = try JSONDocument(parsing: source.bytes, limits: JSONLimits(bytes: 1 << 28, depth: 192))
    var reader = LockReader(document: document, file: source.file)
    let lock = reader.lock()
    return Outcome(lock, reader.found)
  } catch {
    let span = Span(file: source.file, start: error.offset, end: min(error.offset + 1, source.bytes.count))
    return Outcome(
      nil,
      [
        Diagnostic(
          "L4003", .error, "latch.lock is not JSON as Latch writes it: \(error.message)", at: span,
          help: LockReader.help)
      ])
  }
}

/// Walks the tree; what is wrong is told and left out.
struct LockReader {
  let document: JSONDocument
  let file: Int32
  var found: [Diagnostic] = []

  init(document: JSONDocument, file: Int32) {
    self.document = document
    self.file = file
  }

  mutating func lock() -> LockFile? {
    guard let members = members(of: 0, required: ["version", "upstreams"]) else { return nil }
    guard let version = members["version"], document.content(version).elementsEqual("1".utf8) else {
      blame(members["version"] ?? 0, "the lock has another version than 1, which this Latch reads")
      return nil
    }
    let upstreams = elements(members["upstreams"]).compactMap { upstream($0) }
    blameTwins(elements(members["upstreams"]), called: "upstream")
    return LockFile(upstreams: upstreams)
  }

  private mutating func upstream(_ index: Int) -> LockedUpstream? {
    guard
      let members = members(of: index, required: ["name", "tools"], optional: ["server", "instructions"]),
      let name = string(members["name"])
    else { return nil }
    var instructions: String?
    if let index = members["instructions"] { instructions = digest(index) }
    let tools = elements(members["tools"])
    blameTwins(tools, called: "tool")
    return LockedUpstream(
      name: name, server: members["server"].flatMap { string($0) }, instructionsDigest: instructions,
      tools: tools.compactMap { tool($0, of: name) })
  }

  private mutating func tool(_ index: Int, of upstream: String) -> LockedTool? {
    guard
      let members = members(
        of: index, required: ["name", "class", "reason", "digest"],
        optional: LockedTool.reviewed + ["other", "revisions"]),
      let name = string(members["name"]), let reason = string(members["reason"]), let pin = digest(members["digest"]),
      let className = string(members["class"])
    else { return nil }
    guard let actionClass = ActionClass(rawValue: className) else {
      let known = ActionClass.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", ")
      blame(members["class"] ?? index, "`\(className)` is no class; these are: \(known)")
      return nil
    }
    guard let definition = definition(members, name: name, tool: index) else { return nil }
    guard verify(definition, pin, members["digest"] ?? index, "tool `\(name)` of upstream `\(upstream)`") else {
      return nil
    }
    let revisions = elements(members["revisions"]).compactMap { revision($0, of: definition, tool: name) }
    return LockedTool(
      name: name, inferredClass: actionClass, reason: reason, definition: definition, digest: pin, revisions: revisions)
  }

  /// Puts the definition together again. Its members' order is lost, which no digest feels.
  private mutating func definition(_ members: [String: Int], name: String, tool: Int) -> JSONValue? {
    let reviewed = LockedTool.reviewed.compactMap { name in
      members[name].map { JSONValue.Member(name, document.value(at: $0)) }
    }
    var others: [JSONValue.Member] = []
    if let index = members["other"] {
      guard let object = document.value(at: index).object else {
        blame(index, "`other` holds members of the definition and so is an object")
        return nil
      }
      others = object
    }
    let known = ["name"] + LockedTool.reviewed
    if let stray = others.first(where: { known.contains($0.name) }) {
      blame(members["other"] ?? tool, "`\(stray.name)` stands beside `other`, never in it")
      return nil
    }
    return .object([JSONValue.Member("name", .string(name))] + reviewed + others)
  }

  private mutating func revision(_ index: Int, of main: JSONValue, tool: String) -> LockedTool.Revision? {
    guard
      let members = members(of: index, required: ["revision", "digest"], optional: ["changes", "without"]),
      let revision = string(members["revision"]), let pin = digest(members["digest"])
    else { return nil }
    let changes = members["changes"].flatMap { document.value(at: $0).object } ?? []
    let without = elements(members["without"]).compactMap { string($0) }
    let gone = Set((without + changes.map(\.name)).map { Array($0.utf8) })
    let kept = (main.object ?? []).filter { !gone.contains(Array($0.name.utf8)) }
    let definition = JSONValue.object(kept + changes)
    let what = "tool `\(tool)` in revision `\(revision)`"
    guard verify(definition, pin, members["digest"] ?? index, what) else { return nil }
    return LockedTool.Revision(revision: revision, definition: definition, digest: pin)
  }

  private mutating func verify(_ definition: JSONValue, _ pin: String, _ place: Int, _ what: String) -> Bool {
    if (try? ToolDigest.of(definition)) == pin { return true }
    found.append(
      Diagnostic(
        "L4004", .error, "\(what) is not as `latch sync` wrote it: this is not the digest of its definition",
        at: span(place),
        help: LockReader.help))
    return false
  }
}

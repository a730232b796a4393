import LatchJSON
import LatchPolicy
import LatchSource

extension Check {
  /// The class in the lock is what the definition in the lock gives, and so is its reason: nobody lowered the one by
  /// hand or made the other sound better. That annotations are trusted now, or no more, changes reasons too.
  static let lockIsUntouched = Check("L4004", summary: "the lock is as `latch sync` wrote it") { model in
    let places = LockPlaces(model)
    return lockedTools(in: model).compactMap { upstream, tool in
      let inferred = inferClass(of: tool.definition, trustAnnotations: upstream.declaration.trustsAnnotations)
      if inferred.class != tool.inferredClass {
        return .otherClass(tool, upstream.name, inferred.class, at: places[tool.name, upstream.name, "class"])
      }
      let other = inferClass(of: tool.definition, trustAnnotations: !upstream.declaration.trustsAnnotations)
      guard ![inferred, other].contains(where: { $0.reason.utf8.elementsEqual(tool.reason.utf8) }) else { return nil }
      return .otherReason(tool, upstream.name, inferred.reason, at: places[tool.name, upstream.name, "reason"])
    }
  }

  /// Names that begin with `@` are Latch's own, for resources and prompts.
  static let toolNamesAreNotReserved = Check("L4006", summary: "no server's tool is called `@…`") { model in
    let places = LockPlaces(model)
    return lockedTools(in: model).filter { $1.name.utf8.first == UInt8(ascii: "@") }.map { upstream, tool in
      Diagnostic(
        "L4006", "upstream `\(upstream.name)` has a tool `\(tool.name)`; names that begin with `@` are reserved",
        at: places[tool.name, upstream.name, "name"],
        help: "the server's author has to rename it; until then use another server")
    }
  }
}

extension Diagnostic {
  fileprivate static func otherClass(
    _ tool: LockedTool, _ upstream: String, _ inferred: ActionClass, at span: Span?
  ) -> Diagnostic {
    Diagnostic(
      "L4004",
      "tool `\(tool.name)` of upstream `\(upstream)` has class `\(tool.inferredClass.rawValue)` in the lock, but its "
        + "definition gives `\(inferred.rawValue)`; run `latch sync`", at: span,
      help: "another class than the inferred one is given in the policy: `tools: { \(tool.name): { class: … } }`")
  }

  fileprivate static func otherReason(
    _ tool: LockedTool, _ upstream: String, _ inferred: String, at span: Span?
  ) -> Diagnostic {
    Diagnostic(
      "L4004",
      "tool `\(tool.name)` of upstream `\(upstream)` has another reason for its class in the lock than its definition "
        + "gives, which is: \(inferred); run `latch sync`", at: span, help: LockReader.help)
  }
}

/// Every locked tool of an upstream that the policy has.
func lockedTools(in model: Model) -> [(Upstream, LockedTool)] {
  model.upstreams.filter(\.declaration.isWhole).flatMap { upstream in
    (model.lock?.upstream(named: upstream.name)?.tools ?? []).map { (upstream, $0) }
  }
}

/// Where the members of tools stand in the lock; read when the first is asked for, and once for all.
final class LockPlaces {
  private let source: Source?
  private lazy var tools = source.map(Self.tools) ?? [:]

  private struct Place: Hashable {
    var upstream: [UInt8]
    var tool: [UInt8]
  }

  /// A tool's object in the tree of the lock.
  private struct Found {
    var document: JSONDocument
    var index: Int
  }

  init(_ model: Model) { source = model.lockSource }

  /// The lock's beginning where the member cannot be found.
  subscript(tool: String, upstream: String, member: String) -> Span? {
    guard let source else { return nil }
    let place = Place(upstream: Array(upstream.utf8), tool: Array(tool.utf8))
    guard let found = tools[place], let index = found.document.member(member, of: found.index) else {
      return source.whole.beginning
    }
    return Span(file: source.file, found.document.place(index))
  }

  private static func tools(in source: Source) -> [Place: Found] {
    guard let document = try? JSONDocument(parsing: source.bytes) else { return [:] }
    var tools: [Place: Found] = [:]
    for (upstream, index) in named("upstreams", in: document, at: JSONDocument.root) {
      for (tool, index) in named("tools", in: document, at: index) {
        tools[Place(upstream: upstream, tool: tool)] = Found(document: document, index: index)
      }
    }
    return tools
  }

  /// The elements of a list by their names; of several with one name the first.
  private static func named(_ list: String, in document: JSONDocument, at index: Int) -> [[UInt8]: Int] {
    guard let list = document.member(list, of: index) else { return [:] }
    let elements = document.children(of: list).compactMap { element -> ([UInt8], Int)? in
      document.member("name", of: element).map { (Array(document.content($0)), element) }
    }
    return Dictionary(elements) { first, _ in first }
  }
}

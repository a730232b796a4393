import LatchJSON
import LatchPolicy
import LatchSource

extension Check {
  /// The class in the lock is what the definition in the lock gives: nobody lowered it by hand.
  static let lockIsUntouched = Check("L4004", summary: "the lock is as `latch sync` wrote it") { model in
    lockedTools(in: model).compactMap { upstream, tool in
      let inferred = inferClass(of: tool.definition, trustAnnotations: upstream.declaration.trustsAnnotations).class
      guard inferred != tool.inferredClass else { return nil }
      return Diagnostic(
        "L4004",
        "tool `\(tool.name)` of upstream `\(upstream.name)` has class `\(tool.inferredClass.rawValue)` in the lock, but "
          + "its definition gives `\(inferred.rawValue)`; run `latch sync`",
        at: model.place(ofTool: tool.name, of: upstream.name, member: "class"),
        help: "another class than the inferred one is given in the policy: `tools: { \(tool.name): { class: … } }`")
    }
  }

  /// Names that begin with `@` are Latch's own, for resources and prompts.
  static let toolNamesAreNotReserved = Check("L4006", summary: "no server's tool is called `@…`") { model in
    lockedTools(in: model).filter { $1.name.utf8.first == UInt8(ascii: "@") }.map { upstream, tool in
      Diagnostic(
        "L4006", "upstream `\(upstream.name)` has a tool `\(tool.name)`; names that begin with `@` are reserved",
        at: model.place(ofTool: tool.name, of: upstream.name, member: "name"),
        help: "the server's author has to rename it; until then use another server")
    }
  }
}

/// Every locked tool of an upstream that the policy has.
func lockedTools(in model: Model) -> [(Upstream, LockedTool)] {
  model.upstreams.filter(\.declaration.isWhole).flatMap { upstream in
    (model.lock?.upstream(named: upstream.name)?.tools ?? []).map { (upstream, $0) }
  }
}

extension Model {
  /// Where a member of a tool stands in the lock; the lock's beginning if it cannot be found.
  func place(ofTool tool: String, of upstream: String, member: String) -> Span? {
    guard let source = lockSource else { return nil }
    guard let document = try? JSONDocument(parsing: source.bytes),
      let inUpstream = element(named: upstream, of: "upstreams", in: document, at: JSONDocument.root),
      let inTool = element(named: tool, of: "tools", in: document, at: inUpstream),
      let index = document.member(member, of: inTool)
    else { return source.whole.beginning }
    return Span(file: source.file, document.place(index))
  }
}

private func element(named name: String, of list: String, in document: JSONDocument, at index: Int) -> Int? {
  guard let list = document.member(list, of: index) else { return nil }
  return document.children(of: list).first { element in
    document.member("name", of: element).map { document.content($0).elementsEqual(name.utf8) } ?? false
  }
}

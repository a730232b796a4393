import LatchAutomata
import LatchJSON

/// Takes out of a `capabilities` object what policy does not let through, so that the peer does not ask for it.
struct CapabilityFilter: Sendable {
  private let forbidden: Set<[UInt8]>
  private let extensions: Set<[UInt8]>

  init(allowing allowed: Set<Feature>) {
    let missing = Feature.allCases.filter { !allowed.contains($0) }
    forbidden = Set(missing.map { Array($0.rawValue.utf8) })
    extensions = missing.contains(.tasks) ? [Array("io.modelcontextprotocol/tasks".utf8)] : []
  }

  /// Adds to `edits` what makes the object at `index` say no more than it may.
  func add(to edits: inout LineEdits, object index: Int, of part: LinePart) {
    drop(forbidden, fromObject: index, of: part, &edits)
    guard !extensions.isEmpty, let nested = part.document.member("extensions", of: index) else { return }
    drop(extensions, fromObject: nested, of: part, &edits)
  }

  private func drop(
    _ names: Set<[UInt8]>, fromObject index: Int, of part: LinePart, _ edits: inout LineEdits
  ) {
    edits.drop({ names.contains(foldedForComparison(Array(part.document.content($0)))) }, fromObject: index, of: part)
  }
}

extension LinePart {
  /// Whether the client's capabilities at `index` say that it can put a form to a person: an `elicitation` that is
  /// empty, or names `form`.
  func offersForms(_ index: Int) -> Bool {
    guard let elicitation = document.member("elicitation", of: index), document.kind(elicitation) == .object else {
      return false
    }
    return members(of: elicitation).isEmpty || document.member("form", of: elicitation) != nil
  }

  /// Whether the server's capabilities at `index` say that it announces changes of its tools.
  func announcesTools(_ index: Int) -> Bool {
    guard let tools = document.member("tools", of: index), let flag = document.member("listChanged", of: tools) else {
      return false
    }
    return document.kind(flag) == .true
  }
}

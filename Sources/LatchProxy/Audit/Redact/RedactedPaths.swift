import LatchJSON

/// The argument paths of what was kept out, as the policy language spells them, ready to stand in a record.
struct RedactedPaths {
  enum Step {
    case index(Int)
    /// The node of a member's name.
    case name(Int)
    /// A name that stands in the place of one that was kept out.
    case substitute([UInt8])
  }

  /// So much a hostile tree may make us write; what is not listed is counted.
  private static let mostPaths = 256
  private static let mostBytes = 16_384

  /// JSON strings with commas between.
  private(set) var list = RecordBuffer()
  private(set) var count = 0
  private(set) var unlisted = 0

  /// What stands at the end of the steps is kept out.
  mutating func add(_ steps: [Step], in document: JSONDocument) {
    count += 1
    guard count - unlisted <= Self.mostPaths, let path = path(of: steps, in: document) else {
      unlisted += 1
      return
    }
    if !list.bytes.isEmpty { list.byte(0x2C) }
    list.string(path.span)
  }

  /// nil if there is no room for it.
  private func path(of steps: [Step], in document: JSONDocument) -> [UInt8]? {
    var path: [UInt8] = []
    for (position, step) in steps.enumerated() {
      switch step {
      case .index(let index): path += "[\(index)]".utf8
      case .name(let name):
        guard document.content(name).count + path.count + list.bytes.count < Self.mostBytes else { return nil }
        append(document.content(name), to: &path, isFirst: position == 0)
      case .substitute(let name): append(name[...], to: &path, isFirst: position == 0)
      }
    }
    return path.count + list.bytes.count < Self.mostBytes ? path : nil
  }

  /// A name that is more than letters, digits, `_`, `-` and `$` is written as a JSON string.
  private func append(_ name: ArraySlice<UInt8>, to path: inout [UInt8], isFirst: Bool) {
    if !isFirst { path.append(0x2E) }
    if !name.isEmpty, name.allSatisfy(isBare) {
      path += name
    } else {
      var quoted = RecordBuffer()
      quoted.string(name.span)
      path += quoted.bytes
    }
  }

  private func isBare(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F, 0x2D, 0x24, 0x80...0xFF: true
    default: false
    }
  }
}

import LatchPolicy

/// What is written of the rulings that come again and again: the same about the same tool.
struct KnownRulings: Sendable {
  final class Ruling: Sendable {
    private let method: String
    private let tool: String?
    private let passed: Bool
    private let decision: Decision
    /// What stands before the arguments, and behind them.
    let members: [UInt8]
    let reason: [UInt8]

    init(_ record: AuditDecision, members: [UInt8], reason: [UInt8]) {
      method = record.method
      tool = record.tool
      passed = record.passed
      decision = record.decision
      self.members = members
      self.reason = reason
    }

    func isOf(_ record: AuditDecision) -> Bool {
      passed == record.passed && isSameText(tool, record.tool) && isSameText(method, record.method)
        && decision.isWritten(as: record.decision)
    }

    var size: Int { members.count + reason.count }
  }

  private static let most = 8
  private static let longest = 4096

  /// The newest last.
  private var rulings: [Ruling] = []

  func find(_ record: AuditDecision) -> Ruling? { rulings.last { $0.isOf(record) } }

  mutating func keep(_ ruling: Ruling) {
    guard ruling.size <= Self.longest else { return }
    if rulings.count == Self.most { rulings.removeFirst() }
    rulings.append(ruling)
  }

  mutating func removeAll() { rulings = [] }
}

private func isSameText(_ left: String?, _ right: String?) -> Bool {
  guard let left, let right else { return left == nil && right == nil }
  return isSame(left.utf8.span, right.utf8.span)
}

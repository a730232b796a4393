import LatchPolicy
import LatchSource

/// `limit:` of a rule; nil where the schemas refused it.
func limit(_ node: Node) -> CallLimit? {
  guard let calls = node["calls"]?.integer, let window = milliseconds(node["per"]) else { return nil }
  return CallLimit(
    calls: calls, window: window, over: value(node["over"]) ?? .deny, scope: value(node["scope"]) ?? .project)
}

/// `approval:` of a rule or of `defaults`; what it does not say is as the language has it.
func approval(_ node: Node) -> ApprovalDeclaration {
  var approval = ApprovalDeclaration()
  if let ways = node["by"]?.elements.compactMap({ spannedValue($0) as Spanned<ApprovalTerms.Way>? }) {
    approval.terms.ways = ApprovalTerms.Way.allCases.filter { way in ways.contains { $0.value == way } }
    approval.keyPlace = ways.first { $0.value == .key }?.span
  }
  approval.terms.timeout = milliseconds(node["timeout"]) ?? approval.terms.timeout
  approval.terms.lease = milliseconds(node["lease"])
  return approval
}

/// `defaults.approval.keys`.
func approvalKeys(_ node: Node) -> [KeyDeclaration] {
  node.members.map { name, value in
    let approver = value.string.flatMap { Guard.Approver(name: name.value, line: $0.value) }
    return KeyDeclaration(name: name, approver: approver)
  }
}

/// `audit:`; what it does not say is as the language has it.
func audit(_ node: Node) -> AuditTerms {
  var terms = AuditTerms()
  terms.arguments = value(node["arguments"]) ?? terms.arguments
  terms.durability = value(node["durability"]) ?? terms.durability
  return terms
}

func milliseconds(_ node: Node?) -> Int? { (node?.string?.value).flatMap(milliseconds(duration:)) }

/// A duration, `[1-9][0-9]*(ms|s|m|h|d)`; what is longer than a bundle can say is as long as it can say.
package func milliseconds(duration text: String) -> Int? {
  let units = [("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000)]
  guard let (unit, factor) = units.first(where: { text.hasSuffix($0.0) }) else { return nil }
  let digits = text.dropLast(unit.count)
  guard let first = digits.utf8.first, first != 0x30, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
    return nil
  }
  let (product, isTooLong) = (Int(digits) ?? Int.max).multipliedReportingOverflow(by: factor)
  return isTooLong ? CallLimit.greatestWindow : min(product, CallLimit.greatestWindow)
}

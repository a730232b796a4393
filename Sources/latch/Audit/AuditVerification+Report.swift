import LatchJSON
import LatchProxy

extension AuditVerification {
  /// For people.
  var text: String {
    let found = findings.map { "\($0.file): \($0.kind.rawValue): \($0.message)" }
    let open = unverified.map { "not verified: \($0.file.map { "\($0): " } ?? "")\($0.message)" }
    let counts = "\(files) file\(files == 1 ? "" : "s"), \(records) record\(records == 1 ? "" : "s")"
    return (found + open + ["\(counts): \(result)"]).map { $0.harmless + "\n" }.joined()
  }

  private var result: String {
    guard isSound else { return "\(findings.count) finding\(findings.count == 1 ? "" : "s")" }
    if unverified.isEmpty { return records == 0 ? "nothing to verify" : "as they were written" }
    return "\(verified) as they were written, \(records - verified) not verified"
  }

  var json: JSONValue {
    [
      "files": .number(String(files)), "records": .number(String(records)),
      "verified": .number(String(verified)), "sound": .bool(isSound),
      "findings": .array(findings.map(Self.json)), "unverified": .array(unverified.map(Self.json)),
    ]
  }

  private static func json(_ finding: Finding) -> JSONValue {
    [
      "kind": .string(finding.kind.rawValue), "file": .string(finding.file),
      "seq": finding.seq.map { JSONValue.number(String($0)) } ?? .null, "message": .string(finding.message),
    ]
  }

  private static func json(_ gap: Gap) -> JSONValue {
    ["file": gap.file.map(JSONValue.string) ?? .null, "message": .string(gap.message)]
  }
}

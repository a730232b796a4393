import LatchJSON
import LatchProxy

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

// Does to the state database of a directory what latch-proxy does there, for tests of `latch` as a program. The call is
// a JSON object on standard input.
//
//   caller ask DIR    asks for approval of the call; prints the request's id
//   caller call DIR   makes the call; prints what came of it

/// A call that wants approval, with whatever the object does not say as it is in most tests.
struct SampleCall {
  let json: JSONValue

  private func text(_ name: String, else text: String) -> String { json[name]?.string ?? text }

  private func texts(_ name: String, else texts: [String]) -> [String] {
    json[name]?.array?.compactMap(\.string) ?? texts
  }

  func request() throws(StateError) -> ApprovalRequest {
    let path = text("project", else: "/srv/project")
    let number = UInt8(json["call"]?.integer ?? 1)
    guard let call = DigestBytes([UInt8](repeating: number, count: DigestBytes.count)) else {
      throw .corrupt("a digest has another length")
    }
    return ApprovalRequest(
      project: ProjectKey(realPath: path), projectPath: path, upstream: text("upstream", else: "files"),
      client: json["client"] == .null ? nil : text("client", else: "cursor"), tool: text("tool", else: "write_file"),
      rules: texts("rules", else: ["ask-before-changes"]), reason: text("reason", else: "It changes something."),
      arguments: text("arguments", else: #"{"path":"/etc/hosts","content":"x"}"#), call: call,
      policy: text("policy", else: "policy:sha256:00"),
      ways: Set(texts("ways", else: ["terminal"]).compactMap { ApprovalWay(rawValue: $0) }),
      timeout: json["timeout"]?.integer ?? 300_000, lease: json["lease"]?.integer)
  }

  func keys() throws(KeyError) -> [ApprovalKey] {
    try texts("keys", else: []).map { pem throws(KeyError) in try ApprovalKey(pem: pem) }
  }
}

func describe(_ admission: Admission) -> String {
  switch admission {
  case .admitted(nil): "admitted"
  case .admitted(.approval(_, let way, _)): "admitted by \(way.rawValue)"
  case .admitted(.lease(_, let way, _)): "admitted by a lease, by \(way.rawValue)"
  case .over: "over"
  case .unapproved(nil): "unapproved"
  case .unapproved(let record?): "unapproved, \(record.status.rawValue)"
  case .untrusted: "untrusted"
  }
}

let words = Array(CommandLine.arguments.dropFirst())
var input: [UInt8] = []
while let line = readLine(strippingNewline: false) { input += line.utf8 }

do {
  guard words.count == 2 else { fatalError("see above") }
  let call = SampleCall(json: try JSONValue(parsing: input))
  let database = try StateDatabase(directory: words[1])
  let request = try call.request()
  if words[0].utf8.elementsEqual("ask".utf8) {
    print(try database.request(request, at: .now()).id)
  } else {
    let consent = NeededConsent(request, keys: try call.keys())
    print(describe(try database.admit(project: request.project, consent: consent, at: .now())))
  }
} catch {
  print(error)
  exit(1)
}

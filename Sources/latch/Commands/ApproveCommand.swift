import ArgumentParser
import LatchCompiler
import LatchProxy

/// `latch approve ID [--for 15m] [--key FILE]`.
struct ApproveCommand: LatchCommand {
  static let configuration = CommandConfiguration(
    commandName: "approve", abstract: "Approve a call: shows it in full and wants a typed word.",
    discussion: """
      Refused without a terminal, and under a client or latch-proxy, where an agent may be what types. With `--key` \
      the approval is signed, and the proxy holds the signature against the keys of the policy; that is the only way \
      which an agent with a shell of the same user cannot go.
      """)

  @Argument(help: "The request's id, or the beginning of it.")
  var id: String

  @Option(
    name: .customLong("for"),
    help: ArgumentHelp(
      "Approve all calls of this tool for so long, with any arguments, as far as the policy offers it.",
      valueName: "time"))
  var duration: String?

  @Option(
    help: ArgumentHelp(
      "Sign with the Ed25519 key in this file; its passphrase is asked for.", valueName: "file"))
  var key: String?

  @OptionGroup var place: StateOption

  private var lease: Int? { duration.flatMap(milliseconds(duration:)) }

  private var way: ApprovalWay { key == nil ? .terminal : .key }

  func validate() throws {
    if let duration, lease == nil { throw ValidationError("`--for \(duration)` is no time such as 90s, 15m or 2h.") }
    if key?.utf8.elementsEqual("-".utf8) == true { throw ValidationError("`--key` takes a file.") }
  }

  func perform() throws(Failure) -> Status {
    let terminal = try Terminal()
    try Ancestry.requirePerson()
    guard let desk = try ApprovalDesk(place) else { throw .unknownRequest(id) }
    let record = try desk.request(id)
    try requireOpen(record)
    let file = try key.map { path throws(Failure) in try KeyFile(path) }
    terminal.show(record.full(at: try desk.now()))
    try ask(record, at: terminal)
    let signing = try file.map { file throws(Failure) in try file.open(at: terminal) }
    // What was shown is what is approved: an id may come again.
    let current = try desk.request(record.id)
    guard current.nonce == record.nonce, current.request.subject == record.request.subject else {
      throw Failure("the request was changed meanwhile; nothing was approved")
    }
    let approved = try desk.approve(record.id, grant(record, signing, now: desk.now()))
    Output.print(result(approved, now: try desk.now()))
    return .fine
  }

  /// What the policy does not take is said before a person has read and typed.
  private func requireOpen(_ record: ApprovalRecord) throws(Failure) {
    guard [.open, .approved].contains(record.status) else { throw .answered(record.id, record.status) }
    guard record.request.ways.contains(way) else { throw .way(record.request.ways, notFor: record.id) }
    guard let lease else { return }
    guard let most = record.request.lease, lease <= most else { throw .lease(record.request.lease) }
  }

  private func ask(_ record: ApprovalRecord, at terminal: borrowing Terminal) throws(Failure) {
    // Said again, since long arguments push what stands above them out of sight.
    let how = duration.map { " for \($0), with any arguments" } ?? ", once"
    let question = "approve \(record.request.kind)\(how)? type \(record.id) to say yes: "
    let answer = terminal.ask(question.harmless) ?? ""
    let word = answer.drop { $0 == " " }.prefix { $0 != " " }
    guard word.utf8.elementsEqual(record.id.utf8) else { throw Failure("nothing was approved") }
  }

  private func grant(_ record: ApprovalRecord, _ key: SigningKey?, now: Int) throws(Failure) -> ApprovalGrant {
    let ends = lease.map { now + $0 }
    do {
      let signature = try key.map { key throws(KeyError) in try key.sign(record.statement(leaseEnds: ends)) }
      return ApprovalGrant(way, leaseEnds: ends, signature: signature)
    } catch {
      throw Failure(error.description)
    }
  }

  private func result(_ record: ApprovalRecord, now: Int) -> String {
    let signed = key == nil ? "" : ", if the policy knows the key"
    guard let duration else {
      let remaining = timeLeft(record.remaining(at: now))
      return "approved \(record.id): the call goes once, when it is made again within \(remaining)\(signed)".harmless
    }
    let end = "`latch leases --revoke \(record.id)` ends that"
    return "approved \(record.id): \(record.request.kind) for \(duration), with any arguments\(signed); \(end)".harmless
  }
}

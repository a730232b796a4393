import ArgumentParser
import LatchJSON
import LatchPolicy
import LatchProxy

/// `latch audit`: what the proxies have decided.
struct AuditCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "Show what was decided, verify that the record is as it was written, or send it on.",
    subcommands: [AuditShowCommand.self, AuditVerifyCommand.self, AuditExportCommand.self],
    defaultSubcommand: AuditShowCommand.self)
}

/// `latch audit [--upstream U] [--effect E] [--since T] [--follow] [--json]`.
struct AuditShowCommand: LatchCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show what was decided: a row a decision, and how often what was.",
    discussion: """
      With `--json` the records themselves are printed, a line each, as `latch schema audit` describes them. With \
      `--follow` it goes on until it is interrupted.
      """)

  @Option(help: ArgumentHelp("Only this upstream.", valueName: "name"))
  var upstream: String?

  @Option(help: "Only decisions with this effect: allow, require_approval or deny.")
  var effect: Effect?

  @Option(help: ArgumentHelp("Only what is as new as this: a date, a time, or 15m, 24h, 7d ago.", valueName: "time"))
  var since: String?

  @Flag(help: "Go on with what is recorded meanwhile.")
  var follow = false

  @Flag(help: "Print the records themselves, a line each.")
  var json = false

  @OptionGroup var place: StateOption

  /// How long nothing is looked at while following.
  private static let pause: UInt32 = 250

  private var start: UTCTime? { since.flatMap { UTCTime(since: $0, now: .now()) } }

  func validate() throws {
    if let since, start == nil {
      throw ValidationError("`--since \(since)` is no date, no time, and not how long ago, such as 15m, 24h or 7d.")
    }
  }

  func perform() throws(Failure) -> Status {
    let place = try place.find()
    if place.files().isEmpty { Output.say("note: nothing is recorded in \(place.state)") }
    var reader = AuditReader(place, upstream: upstream, effect: effect, since: start)
    var summary = AuditSummary()
    var rows = AuditTable()
    while true {
      if json {
        print(try reader.next { String(decoding: $0.line, as: UTF8.self) + "\n" }.joined())
      } else {
        let new = try reader.next { entry in
          summary.add(entry)
          return AuditTable.row(of: entry)
        }
        print(rows.text(of: new))
      }
      guard follow else { break }
      Files.pause(milliseconds: Self.pause)
    }
    if reader.unreadable > 0 {
      Output.say("note: \(reader.unreadable) lines are no records; `latch audit verify` says more")
    }
    if !json, summary.decisions > 0 { print(summary.text) }
    return .fine
  }

  private func print(_ text: String) { if !text.isEmpty { Output.print(text) } }
}

/// `latch audit verify [--json]`.
struct AuditVerifyCommand: LatchCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Find records that were changed, dropped, put in, moved or cut off.",
    discussion: """
      Every record names the hash of the one before it; how far the record had come is anchored elsewhere from time \
      to time, and what was recorded since the last anchor is said to be unverified. Exit status 1 if anything is not \
      as it was written.
      """)

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var place: StateOption

  func perform() throws(Failure) -> Status {
    let place = try self.place.find()
    let files = place.files()
    var verifier = AuditVerifier(anchors: try place.anchors())
    for file in files {
      do {
        verifier.add(file: file, bytes: try wholeLines(of: file, in: place))
      } catch {
        verifier.add(file: file, problem: error.message)
      }
    }
    let verification = verifier.finish(newer: verifier.mayHaveBegun ? try place.anchors() : nil)
    Output.print(json ? verification.json.pretty(sorted: false) : verification.text)
    return verification.isSound ? .fine : .findings
  }

  /// A file that is written to is read again, if it was seen in the middle of a record.
  private func wholeLines(of file: String, in place: AuditPlace) throws(Failure) -> [UInt8] {
    let bytes = try place.bytes(of: file)
    guard let last = bytes.last, last != 0x0A else { return bytes }
    Files.pause(milliseconds: 100)
    return try place.bytes(of: file)
  }
}

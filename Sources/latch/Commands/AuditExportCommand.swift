import ArgumentParser
import LatchExport
import LatchLaunch
import LatchMCP
import LatchProxy

/// `latch audit export [--to URL] [--header 'Name: value']… [--since T] [--upstream U] [--follow]`.
struct AuditExportCommand: LatchCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Send what was decided to a collector, as logs of OpenTelemetry.",
    discussion: """
      Sends OTLP over HTTP, in JSON: decisions, outcomes and events, with the trace that a call belongs to, each with its \
      number and hash, so that the record is anchored on another machine. Arguments are not sent. How far a \
      collector has got is kept, and the next export goes on there; but not behind a record that was changed, and then \
      the exit status is 1.

      The variables OTEL_EXPORTER_OTLP_ENDPOINT, _HEADERS and _TIMEOUT, and those for logs \
      (OTEL_EXPORTER_OTLP_LOGS_…), say what the command line does not. Secrets in headers are written \
      `${env:NAME}` or `${file:PATH}`: command lines can be read by others.
      """)

  @Option(help: ArgumentHelp("The collector's URL for logs, such as http://localhost:4318/v1/logs.", valueName: "url"))
  var to: String?

  @Option(help: ArgumentHelp("A header to send along, `Name: value`; may be given again.", valueName: "header"))
  var header: [String] = []

  @Option(
    help: ArgumentHelp(
      "Send what is as new as this (a date, a time, or 15m, 24h, 7d ago), whatever was sent before.",
      valueName: "time"))
  var since: String?

  @Option(help: ArgumentHelp("Only this upstream.", valueName: "name"))
  var upstream: String?

  @Flag(help: "Go on with what is recorded meanwhile, and wait for a collector that does not answer.")
  var follow = false

  @Flag(help: "Agree to plain http beyond this machine.")
  var insecure = false

  @OptionGroup var place: StateOption

  /// How long nothing is looked at while following.
  private static let pause: UInt32 = 1000

  private var start: UTCTime? { since.flatMap { UTCTime(since: $0, now: .now()) } }

  func validate() throws {
    if let since, start == nil {
      throw ValidationError("`--since \(since)` is no date, no time, and not how long ago, such as 15m, 24h or 7d.")
    }
    // The value is not repeated: it may be a secret.
    if header.contains(where: { HeaderOption.parts(of: $0) == nil }) {
      throw ValidationError("`--header` takes `Name: value`.")
    }
  }

  func perform() throws(Failure) -> Status {
    let place = try place.find()
    let environment = ProcessEnvironment.current()
    let destination = try ExportDestination(
      url: to, headers: header, isInsecure: insecure, environment: environment)
    let isEmpty = place.files().isEmpty
    if isEmpty { Output.say("note: nothing is recorded in \(place.state)") }
    let sender = try ExportSender(to: destination, isPatient: follow, environment: environment)
    // Nothing is kept of an export that sends nothing, or what the user says.
    let isKept = since == nil && (follow || !isEmpty)
    let cursor = isKept ? try ExportCursorFile(for: destination, in: place) : nil
    var exporter = AuditExporter(place, sender: sender, cursor: cursor, upstream: upstream, since: start)
    do {
      try exporter.sendNew()
      while follow {
        Files.pause(milliseconds: Self.pause)
        try exporter.sendNew()
      }
    } catch {
      throw Failure("\(error.message); \(exporter.count.text) had been exported to \(destination.shown)")
    }
    let rejected = exporter.count.rejected > 0 ? "; \(exporter.count.rejected) were rejected" : ""
    Output.print("exported \(exporter.count.text) to \(destination.shown)\(rejected)")
    return exporter.isWhole ? .fine : .findings
  }
}

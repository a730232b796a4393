import LatchExport
import LatchLaunch
import LatchMCP
import LatchProxy

/// Sends one request after another, each until it has an answer that counts.
struct ExportSender {
  private let poster: HTTPPoster
  /// Goes on for ever where otherwise it gives up.
  private let isPatient: Bool
  private static let patience = Duration.seconds(60)

  init(to destination: ExportDestination, isPatient: Bool, environment: ProcessEnvironment) throws(Failure) {
    do {
      poster = try HTTPPoster(destination.endpoint, patience: destination.timeout, environment: environment)
    } catch {
      throw Failure("\(error)")
    }
    self.isPatient = isPatient
  }

  /// How one attempt went.
  private enum Attempt {
    case taken(rejected: Int, said: String?)
    case later(problem: String, after: Duration?)
    case refused(problem: String)
  }

  /// Returns when the collector has the records: how many of them it rejected.
  func send(_ body: [UInt8]) throws(Failure) -> Int {
    let end = ContinuousClock.now + Self.patience
    var backoff = Backoff()
    var told = ""
    while true {
      switch attempt(body) {
      case .taken(let rejected, let said):
        tell(rejected, said)
        return rejected
      case .refused(let problem): throw Failure(problem)
      case .later(let problem, let wished):
        let pause = backoff.pause(wished: wished)
        guard isPatient || ContinuousClock.now + pause < end else { throw Failure("\(problem); gave up") }
        if !told.utf8.elementsEqual(problem.utf8) { Output.say("note: \(problem); trying again") }
        told = problem
        Files.pause(milliseconds: UInt32(pause / .milliseconds(1)))
      }
    }
  }

  private func attempt(_ body: [UInt8]) -> Attempt {
    do {
      let answer = try poster.post(body, type: "application/json")
      switch OTLPReply(answer) {
      case .taken(let rejected, let said): return .taken(rejected: rejected, said: said)
      case .later(let wished): return .later(problem: problem(answer.status, nil), after: wished)
      case .refused(let said): return .refused(problem: problem(answer.status, said))
      }
    } catch {
      switch error {
      case .unreachable, .timedOut, .broken: return .later(problem: "\(error)", after: nil)
      default: return .refused(problem: "\(error)")
      }
    }
  }

  private func problem(_ status: Int, _ said: String?) -> String {
    let what =
      switch status {
      case 300..<400: "redirects, which is not followed"
      case 401, 403: "refuses the credentials"
      case 429, 502, 503, 504: "takes no records at present"
      default: "refuses the records"
      }
    return "the server \(what) (HTTP status \(status))" + (said.map { ": \(harmless($0))" } ?? "")
  }

  private func tell(_ rejected: Int, _ said: String?) {
    let why = said.map { ": \(harmless($0))" } ?? ""
    if rejected > 0 {
      Output.say("warning: the server rejected \(rejected) record\(rejected == 1 ? "" : "s")\(why)")
    } else if said != nil {
      Output.say("warning: the server took the records, but says\(why)")
    }
  }

  private func harmless(_ said: String) -> String { poster.cleaned(said).harmless }
}

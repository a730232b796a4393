/// A line on stderr that says how far something is: only on a terminal, and only where it takes longer than a second.
final class Progress {
  private let what: String
  private let start = ContinuousClock.now
  private var shown: ContinuousClock.Instant?

  init(_ what: String) { self.what = what }

  func show(_ done: Int, of total: Int) {
    let now = ContinuousClock.now
    guard Output.errorsAreOnTerminal, now - start > .seconds(1), now - (shown ?? start) > .milliseconds(100) else {
      return
    }
    shown = now
    Output.draw("\r\(done) of \(total) \(what)")
  }

  /// Takes the line away.
  func end() {
    if shown != nil { Output.draw("\r\u{1B}[K") }
  }
}

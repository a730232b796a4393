import Foundation

/// A table of measurements; to add one, write a file like `JSONSection.swift` and name it in `Section.all`.
struct Section: Sendable {
  var name: String
  var table: @Sendable () throws -> Table

  static let all: [Section] = [.json, .schema, .yaml, .decide, .audit, .state, .proxy]

  static func ofRows(_ name: String, _ rows: @escaping @Sendable () throws -> [Row]) -> Section {
    Section(name: name) { Table(try rows()) }
  }
}

/// What is printed, cell by cell.
struct Table {
  var header: [String]
  var rows: [[String]]

  var text: String {
    ([header, header.map { _ in "---" }] + rows).map { "| " + $0.joined(separator: " | ") + " |" }
      .joined(separator: "\n")
  }
}

/// One thing measured, beside the baseline it is held against.
struct Row {
  var what: String
  var bytes: Int
  /// Seconds a round.
  var seconds: Double
  /// Seconds a round of the baseline, measured in the same process just before.
  var baseline: (name: String, seconds: Double)?
}

extension Row {
  /// Measures `work`, the best of several runs of about a tenth of a second each.
  static func measure(_ what: String, bytes: Int, against baseline: Row? = nil, _ work: () throws -> Void) rethrows
    -> Row
  {
    Row(
      what: what, bytes: bytes, seconds: try bestTime(work),
      baseline: baseline.map { ($0.what, $0.seconds) })
  }

  private static func bestTime(_ work: () throws -> Void) rethrows -> Double {
    let clock = ContinuousClock()
    var rounds = 1
    while try clock.measure({ for _ in 0..<rounds { try work() } }) < .milliseconds(5) { rounds *= 2 }
    var best = Double.infinity
    // Short ones, and many: a machine that is shared is quick now and then only.
    for _ in 0..<32 {
      let time = try clock.measure { for _ in 0..<rounds { try work() } }
      best = min(best, (time / .seconds(1)) / Double(rounds))
    }
    return best
  }
}

/// Keeps the optimiser from leaving out what is measured.
@inline(never)
func keep<Value>(_ value: Value) { withExtendedLifetime(value) {} }

extension Table {
  init(_ rows: [Row]) {
    header = ["what", "bytes", "µs", "MB/s", "baseline", "ratio"]
    self.rows = rows.map { row in
      [
        row.what, String(row.bytes), String(format: "%.2f", row.seconds * 1e6),
        String(format: "%.0f", Double(row.bytes) / row.seconds / 1e6), row.baseline?.name ?? "–",
        row.baseline.map { String(format: "%.2f×", $0.seconds / row.seconds) } ?? "–",
      ]
    }
  }
}

import Foundation

/// Prints a table a section: `LatchBenchmarks [SECTION…]`.
let wanted = CommandLine.arguments.dropFirst()
for section in Section.all where wanted.isEmpty || wanted.contains(section.name) {
  print("\n## \(section.name)\n")
  print("| what | bytes | µs | MB/s | baseline | ratio |\n| --- | --- | --- | --- | --- | --- |")
  for row in try section.rows() {
    let cells = [
      row.what, String(row.bytes), String(format: "%.2f", row.seconds * 1e6),
      String(format: "%.0f", Double(row.bytes) / row.seconds / 1e6), row.baseline?.name ?? "–",
      row.baseline.map { String(format: "%.2f×", $0.seconds / row.seconds) } ?? "–",
    ]
    print("| " + cells.joined(separator: " | ") + " |")
  }
}

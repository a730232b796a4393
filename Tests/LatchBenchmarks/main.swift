import Foundation

/// Prints a table a section: `LatchBenchmarks [SECTION…]`.
let wanted = CommandLine.arguments.dropFirst()
for section in Section.all where wanted.isEmpty || wanted.contains(section.name) {
  print("\n## \(section.name)\n\n\(try section.table().text)")
}

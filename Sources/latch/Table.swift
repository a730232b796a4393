/// Rows under headings, columns as wide as they must be, two spaces between.
func table(_ headings: [String], _ rows: [[String]]) -> String {
  let all = [headings] + rows.map { $0.map(\.harmless) }
  let widths = headings.indices.map { column in all.map { $0[column].unicodeScalars.count }.max() ?? 0 }
  return all.map { row in
    var line = ""
    for (column, cell) in row.enumerated() {
      line += cell + String(repeating: " ", count: widths[column] - cell.unicodeScalars.count + 2)
    }
    while line.last == " " { line.removeLast() }
    return line + "\n"
  }.joined()
}

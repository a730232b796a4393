/// Why edits cannot be made.
package enum EditError: Error, Sendable, Equatable {
  case overlapping(Edit, Edit)
  case outsideText(Edit)
  case otherFile(Edit)
}

/// The text with the edits made, all at once; edits that overlap are refused, insertions at one place keep their order.
package func apply(_ edits: [Edit], to source: Source) throws(EditError) -> [UInt8] {
  let ordered = edits.enumerated().sorted { ($0.element.span, $0.offset) < ($1.element.span, $1.offset) }.map(\.element)
  var text: [UInt8] = []
  var done = 0
  var previous: Edit?
  for edit in ordered {
    guard edit.span.file == source.file else { throw .otherFile(edit) }
    guard edit.span.end <= source.bytes.count else { throw .outsideText(edit) }
    if let previous, edit.span.start < previous.span.end { throw .overlapping(previous, edit) }
    text += source.bytes[done..<edit.span.start]
    text += edit.replacement.utf8
    done = edit.span.end
    previous = edit
  }
  return text + source.bytes[done...]
}

/// The text after as many of the fixes as go together, in the order given: a fix is made whole or not at all.
package func apply(_ fixes: [Fix], to source: Source) -> (bytes: [UInt8], applied: [Fix]) {
  var edits: [Edit] = []
  var applied: [Fix] = []
  for fix in fixes where fix.edits.allSatisfy({ $0.span.file == source.file }) {
    let new = fix.edits.filter { !edits.contains($0) }
    guard (try? apply(edits + new, to: source)) != nil else { continue }
    edits += new
    applied.append(fix)
  }
  return ((try? apply(edits, to: source)) ?? source.bytes, applied)
}

import LatchJSON

extension JSONDocument {
  /// A value as it is shown in a message: cut when long, a whole object or list not at all.
  func shown(_ node: UInt32) -> String {
    switch kind(Int(node)) {
    case .null: "`null`"
    case .true: "`true`"
    case .false: "`false`"
    case .string, .number: LatchSchema.shown(content(Int(node)))
    case .array: nodes[Int(node)].count == 0 ? "`[]`" : "a list"
    case .object: nodes[Int(node)].count == 0 ? "`{}`" : "an object"
    }
  }

  /// The text of a scalar, for "did you mean".
  func plain(_ node: Int) -> String? {
    switch kind(node) {
    case .null: "null"
    case .true: "true"
    case .false: "false"
    case .string, .number: string(node)
    case .array, .object: nil
    }
  }

  /// What kind of value this is, and which.
  func described(_ node: UInt32) -> String {
    switch kind(Int(node)) {
    case .null: "`null`"
    case .true: "`true`"
    case .false: "`false`"
    case .string: "the string \(shown(node))"
    case .number: "the number \(shown(node))"
    case .array: "a list"
    case .object: "an object"
    }
  }
}

extension KindSet {
  /// `a string or a list`.
  var description: String {
    var names: [String] = []
    if contains(.string) { names.append("a string") }
    if contains(.number) { names.append(contains(.integersOnly) ? "a whole number" : "a number") }
    if contains(.boolean) { names.append("`true` or `false`") }
    if contains(.array) { names.append("a list") }
    if contains(.object) { names.append("an object") }
    if contains(.null) { names.append("`null`") }
    return joined(names, by: "or")
  }
}

/// `a, b or c`.
func joined(_ words: [String], by last: String) -> String {
  guard words.count > 1, let final = words.last else { return words.first ?? "nothing" }
  return words.dropLast().joined(separator: ", ") + " \(last) \(final)"
}

/// The same of the user's or the author's words, cut when there are many.
func listed(_ words: [String], by last: String) -> String {
  guard words.count > 9 else { return joined(words.map { shown($0) }, by: last) }
  return words.prefix(8).map { shown($0) }.joined(separator: ", ") + " \(last) one of \(words.count - 8) more"
}

/// `1 element`, `2 elements`.
func counted(_ count: UInt32, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }

/// Whether `one` is what somebody types who means `other`: few letters more, fewer, changed or swapped.
func isNear(_ one: String, _ other: String) -> Bool {
  let left = Array(one.utf8.map { $0 | 0x20 })
  let right = Array(other.utf8.map { $0 | 0x20 })
  let allowed = max(1, min(left.count, right.count) / 3)
  guard abs(left.count - right.count) <= allowed, max(left.count, right.count) <= 64 else { return false }
  var before: [Int] = []
  var last = Array(0...right.count)
  for row in left.indices {
    var next = [row + 1]
    for column in right.indices {
      let isSame = left[row] == right[column]
      var best = min(last[column] + (isSame ? 0 : 1), last[column + 1] + 1, next[column] + 1)
      if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
        best = min(best, before[column - 1] + 1)
      }
      next.append(best)
    }
    before = last
    last = next
  }
  return last[right.count] <= allowed
}

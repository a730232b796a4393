import LatchPolicy

extension TraceEntry {
  /// The questions as their author wrote them: a list of paths that start at several directories is asked about one by
  /// one, and holds where one of them does.
  var matchers: [Question] {
    conditions.reduce(into: []) { matchers, question in
      guard let last = matchers.last, question.isOfSameMatcher(as: last) else { return matchers.append(question) }
      matchers[matchers.count - 1].held = last.held.or(question.held)
    }
  }
}

extension TraceEntry.Question.Answer {
  fileprivate func or(_ other: Self) -> Self {
    if self == .yes || other == .yes { return .yes }
    return self == .unreadable || other == .unreadable ? .unreadable : .no
  }
}

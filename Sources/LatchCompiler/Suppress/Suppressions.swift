package import LatchSource

/// Findings after the suppressions of their texts.
package struct Suppressed: Sendable {
  /// What is still to be told, with what is to be said of the suppressions themselves.
  package var told: [Diagnostic]
  /// What authors have taken upon themselves.
  package var suppressed: [Diagnostic]
}

extension [Suppression] {
  /// Takes out the warnings that are suppressed. `isWhole`: whether everything was looked at, so that a suppression that
  /// met nothing is one too many.
  package func applied(to found: [Diagnostic], isWhole: Bool) -> Suppressed {
    guard !isEmpty else { return Suppressed(told: found, suppressed: []) }
    var told: [Diagnostic] = []
    var requests: [Request] = []
    for suppression in self {
      for code in suppression.codes {
        if let refusal = Self.refusal(of: code) {
          told.append(refusal)
        } else {
          requests.append(Request(code: code, place: suppression.place))
        }
      }
    }
    let warnings = Warnings(found, requests)
    if isWhole { told += idle(requests, warnings) }
    return Suppressed(told: told + warnings.rest, suppressed: warnings.taken)
  }

  /// Codes that could be left out.
  private func idle(_ requests: [Request], _ warnings: Warnings) -> [Diagnostic] {
    var met: Set<Request.Meaning> = []
    return requests.compactMap { request in
      guard warnings.met(request) else {
        return .idleSuppression(request.code, isElsewhere: warnings.isLeft(request.kind))
      }
      return met.insert(request.meaning).inserted ? nil : .repeatedSuppression(request.code)
    }
  }

  /// Why nothing is suppressed by the code, whatever there is.
  private static func refusal(of code: Spanned<DiagnosticCode>) -> Diagnostic? {
    guard let explanation = catalogue[code.value] else { return .unknownSuppression(code) }
    let isPossible = explanation.severity == .warning && !unsuppressible.contains(code.value)
    return isPossible ? nil : .impossibleSuppression(code)
  }

  private static let catalogue = DiagnosticCatalogue(SourceDiagnostics.all, CompilerDiagnostics.all)

  /// What `latch build` makes errors of, and what is said of suppressions.
  private static let unsuppressible: Set<DiagnosticCode> = ["L3119", "L4001", "L4002"]
}

/// A code that a comment names, and where the warnings stand that it means.
private struct Request {
  struct Meaning: Hashable {
    var code: DiagnosticCode
    var place: Span
  }

  var code: Spanned<DiagnosticCode>
  var place: Span

  var meaning: Meaning { Meaning(code: code.value, place: place) }
  var kind: Warnings.Kind { Warnings.Kind(file: place.file, code: code.value) }
}

/// Findings of which the warnings are taken out by place and code: there may be as many as comments, and many comments
/// may be about one.
private struct Warnings {
  struct Kind: Hashable {
    var file: Int32
    var code: DiagnosticCode
  }

  private let all: [Diagnostic]
  private var isTaken: [Bool]
  /// The warnings by where they begin.
  private var indices: [Kind: [Int]] = [:]
  private var left: Set<Kind> = []

  /// `found`: in the order of the files.
  init(_ found: [Diagnostic], _ requests: [Request]) {
    all = found
    isTaken = Array(repeating: false, count: found.count)
    for (index, finding) in found.enumerated() where finding.severity == .warning {
      guard let span = finding.span else { continue }
      indices[Kind(file: span.file, code: finding.code), default: []].append(index)
    }
    let places = Dictionary(grouping: requests, by: \.kind).mapValues { $0.map(\.place).sorted() }
    for kind in indices.keys { take(kind, in: places[kind] ?? []) }
  }

  /// `places`: by where they begin.
  private mutating func take(_ kind: Kind, in places: [Span]) {
    var begun = places[...]
    var end = 0
    for index in indices[kind] ?? [] {
      while let place = begun.first, place.start <= start(index) {
        end = max(end, place.end)
        begun.removeFirst()
      }
      isTaken[index] = start(index) < end
      if !isTaken[index] { left.insert(kind) }
    }
  }

  private func start(_ index: Int) -> Int { all[index].span?.start ?? 0 }

  /// Whether there is what a comment means, suppressed by whichever comment.
  func met(_ request: Request) -> Bool {
    let indices = indices[request.kind] ?? []
    var low = 0
    var high = indices.count
    while low < high {
      let middle = (low + high) / 2
      if start(indices[middle]) < request.place.start { low = middle + 1 } else { high = middle }
    }
    return low < indices.count && start(indices[low]) < request.place.end
  }

  /// Whether some of the file are suppressed by nobody.
  func isLeft(_ kind: Kind) -> Bool { left.contains(kind) }

  /// What is suppressed, and what is not, in their order.
  var taken: [Diagnostic] { zip(all, isTaken).filter(\.1).map(\.0) }
  var rest: [Diagnostic] { zip(all, isTaken).filter { !$1 }.map(\.0) }
}

extension Diagnostic {
  fileprivate static func unknownSuppression(_ code: Spanned<DiagnosticCode>) -> Diagnostic {
    Diagnostic("L3119", .warning, "no finding is called `\(code.value)`; nothing is suppressed", at: code.span)
  }

  fileprivate static func impossibleSuppression(_ code: Spanned<DiagnosticCode>) -> Diagnostic {
    Diagnostic(
      "L3119", .warning, "`\(code.value)` is no warning that can be suppressed; mend what it is about", at: code.span)
  }

  fileprivate static func repeatedSuppression(_ code: Spanned<DiagnosticCode>) -> Diagnostic {
    Diagnostic(
      "L3119", .warning, "another comment suppresses `\(code.value)` here already; leave it out of one", at: code.span)
  }

  fileprivate static func idleSuppression(_ code: Spanned<DiagnosticCode>, isElsewhere: Bool) -> Diagnostic {
    let message =
      isElsewhere
      ? "no `\(code.value)` is found in what this comment stands at; put it right above what is warned of, or leave it out"
      : "there is no `\(code.value)` here any more; leave it out of the comment"
    return Diagnostic("L3119", .warning, message, at: code.span)
  }
}

package import LatchPolicy
package import LatchSource

/// The whole compile step, text to bundle: each stage has the folder of its name.
package func compile(_ files: ProjectFiles, settings: CompilerSettings) -> Outcome<Bundle> {
  let checked = checkForBundle(files, settings: settings)
  return Outcome(checked.value.map { lower($0, settings: settings) }, checked.found)
}

/// The same short of lowering: a model of which a bundle can be made, or nothing.
package func checkForBundle(_ files: ProjectFiles, settings: CompilerSettings) -> Outcome<CheckedModel> {
  let checked = check(files, settings: settings).blaming(absentLock: .error)
  return Outcome(checked.accepted, checked.found)
}

/// Everything that can be said about a project short of its bundle.
package func check(_ files: ProjectFiles, settings: CompilerSettings) -> Outcome<CheckedModel> {
  examine(files, settings: settings).outcome
}

/// The same with what the authors have taken upon themselves.
package func examine(_ files: ProjectFiles, settings: CompilerSettings) -> Examination {
  let model = model(of: files, settings: settings)
  let outcome = model.then { check($0) }
  let suppressions = settings.honoursSuppressions ? model.value?.suppressions ?? [] : []
  let found = suppressions.applied(
    to: outcome.found.sortedAndUnique, isWhole: outcome.found.isOfEverything)
  return Examination(
    outcome: Outcome(outcome.value, found.told.sortedAndUnique), suppressed: found.suppressed)
}

/// Everything that was found, and the warnings that comments suppress.
package struct Examination: Sendable {
  package var outcome: Outcome<CheckedModel>
  package var suppressed: [Diagnostic]
}

extension DiagnosticCode {
  /// Whether it tells that which upstreams there are, or how one is started, is not as the files say: what cannot be
  /// read, what two files define, a file that is missing, and all that is wrong with an upstream itself.
  fileprivate var bearsOnUpstreams: Bool {
    let names: [DiagnosticCode] = ["L2001", "L2201", "L2202", "L2203", "L2204", "L2205"]
    return stage < 2 || names.contains(self) || Check.ofUpstreams.contains { $0.codes.contains(self) }
  }
}

extension [Diagnostic] {
  /// Whether nothing has kept checks from being made: neither a mistake nor an upstream whose tools are not known.
  fileprivate var isOfEverything: Bool { !hasErrors && !contains { $0.code == "L4001" || $0.code == "L4002" } }
}

/// The project as far as starting its upstreams needs it, and the mistakes that stand against that: what `latch sync`
/// and `latch trust` read, which a rule with a mistake or a lock out of date must not hinder.
package func checkUpstreams(of files: ProjectFiles, settings: CompilerSettings) -> Outcome<Model> {
  let outcome = model(of: files, settings: settings).then { model in
    Outcome(model, Check.ofUpstreams.flatMap { $0.find(model) })
  }
  let lock = outcome.value?.lockSource?.file
  return Outcome(
    outcome.value,
    outcome.found.filter { diagnostic in
      let isOfLock = diagnostic.span.map { $0.file == lock } ?? false
      return diagnostic.severity == .error && diagnostic.code.bearsOnUpstreams && !isOfLock
    })
}

/// The project with its names looked up and nothing checked yet.
package func model(of files: ProjectFiles, settings: CompilerSettings) -> Outcome<Model> {
  decode(files).then { resolve($0, settings: settings) }.adding(files.found)
}

/// Reads and decodes every file; what cannot be read in one does not hide what is wrong in another.
private func decode(_ files: ProjectFiles) -> Outcome<Decoded> {
  let sources = files.sources
  let policies = sources.prefix(1 + files.included.count)
  let read = policies.map { decode($0, isRoot: $0.file == 0) }
  let lock = sources.dropFirst(policies.count).first.map(readLock) ?? Outcome(nil)
  let manifests = read.compactMap(\.value)
  let patterns = read.first?.value?.manifest.settings.include ?? []
  let includes = includesAreInOrder(patterns, included: policies.dropFirst().map(\.path), blamed: files.found)
  var unread: Unread = lock.hasErrors ? .lock : []
  if !isWhole(read[0]) { unread.insert(.settings) }
  if !read.allSatisfy(isWhole) || (includes + files.found).hasErrors { unread.insert(.definitions) }
  let decoded = Decoded(
    manifests: manifests.map(\.manifest), suppressions: manifests.flatMap(\.suppressions), lock: lock.value,
    sources: sources, policyCount: policies.count, unread: unread)
  return Outcome(decoded, read.flatMap(\.found) + lock.found + includes)
}

/// A file's manifest, and whether a syntax error has cost a part of it.
private struct ReadManifest {
  var manifest: Manifest
  var isPartial: Bool
  var suppressions: [Suppression]
}

private func isWhole(_ read: Outcome<ReadManifest>) -> Bool { read.value.map { !$0.isPartial } ?? false }

private func decode(_ source: Source, isRoot: Bool) -> Outcome<ReadManifest> {
  let text = read(source)
  let suppressed = text.value.map(suppressions) ?? Outcome(nil)
  let outcome = text.then(tree).then { checkShape(of: $0, isRoot: isRoot) }.then { tree in
    decode(tree).map {
      ReadManifest(manifest: $0, isPartial: tree.isPartial, suppressions: suppressed.value ?? [])
    }
  }
  return Outcome(outcome.value, outcome.found.withoutDoubts + suppressed.found)
}

extension Outcome<CheckedModel> {
  /// `validate` can say much without a lock; a bundle cannot be made without one.
  fileprivate func blaming(absentLock severity: Severity) -> Outcome {
    Outcome(
      value,
      found.map { diagnostic in
        guard ["L4001", "L4002"].contains(diagnostic.code) else { return diagnostic }
        var blamed = diagnostic
        blamed.severity = severity
        return blamed
      })
  }
}

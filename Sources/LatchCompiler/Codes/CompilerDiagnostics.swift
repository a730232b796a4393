package import LatchSource

/// What this target can say, for `latch explain` and the tests: codes L1xxx to L4xxx.
///
/// Every one has a directory in `Fixtures/invalid/`, in which `wrong` stands.
package enum CompilerDiagnostics {
  package static let all: [DiagnosticExplanation] = shape + names + checks + conditions + running + lock
}

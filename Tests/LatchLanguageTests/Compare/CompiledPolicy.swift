import LatchCompiler
import LatchPolicy
import LatchSource

/// A project compiled, written as a bundle and read again, as the proxy of each upstream reads it.
struct CompiledPolicy {
  let model: PolicyModel
  let files: ProjectFiles
  /// By upstream.
  private(set) var policies: [(upstream: UpstreamModel, policy: Policy)] = []

  /// Why the compiler took no policy from it.
  struct Refusal: Error {
    var codes: Set<String>
    var report: String
  }

  init(_ model: PolicyModel, seed: UInt64, places: PlacesModel) throws {
    self.model = model
    files = try model.files(seed: seed)
    let outcome = compile(files, settings: Self.settings)
    guard let bundle = outcome.accepted else {
      let errors = outcome.found.filter { $0.severity == .error }
      throw Refusal(
        codes: Set(errors.map { "\($0.code)" }), report: TextRenderer().render(errors, in: files.sources))
    }
    let bytes = try bundle.encoded()
    for upstream in model.upstreams {
      let read = try Bundle.read(bytes, upstream: upstream.name)
      policies.append((upstream, try Policy(read, upstream: upstream.name, paths: places.paths)))
    }
  }

  static let settings = CompilerSettings(
    clients: Reference.latchKnows, protectedPaths: [ProtectedPath(.home, ".cursor/mcp.json", kind: .client)],
    compiler: "latch test")
}

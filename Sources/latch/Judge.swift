import LatchJSON
import LatchPolicy
import LatchProxy

/// One upstream's policy, made ready to decide calls at the command line as the proxy would.
struct Judge {
  private let policy: Policy
  private let limits: Guard.Limits

  init(upstream: String, bundle: String?, project option: ProjectOption) throws(Failure) {
    let (frozen, project) = try Self.frozen(bundle: bundle, project: option)
    guard frozen.upstreamNames.contains(where: { $0.utf8.elementsEqual(upstream.utf8) }) else {
      let place = bundle.map { "`\($0)` has no" } ?? "the project has no enabled"
      throw Failure("\(place) upstream `\(upstream)`\(guess(at: upstream, among: frozen.upstreamNames))")
    }
    limits = frozen.guarding.limits
    do {
      // All of the bundle, since only so are the rules' places in it.
      let whole = try frozen.bundle()
      try Self.requireProject(project, for: upstream, in: whole)
      policy = try Policy(whole, upstream: upstream, paths: .onThisMachine(project: project))
    } catch let failure as Failure {
      throw failure
    } catch {
      throw Failure("\(error)")
    }
  }

  private static func frozen(
    bundle: String?, project option: ProjectOption
  ) throws(Failure) -> (FrozenBundle, Project?) {
    if bundle != nil {
      let place = try BundlePlace(option: bundle, project: option)
      return (try place.frozen(), place.project)
    }
    let loaded = try LoadedProject(try option.find())
    guard let frozen = try loaded.freeze(quiet: true) else {
      throw Failure("the policy has mistakes; `latch validate` says them all")
    }
    return (frozen, loaded.project)
  }

  /// Without a project the proxy does not start either.
  private static func requireProject(_ project: Project?, for upstream: String, in bundle: Bundle) throws(Failure) {
    let policy = bundle.upstreams.first { $0.name.utf8.elementsEqual(upstream.utf8) }
    guard project == nil, policy?.needsProject == true else { return }
    throw Failure("a rule of the policy speaks of `${project}`; say with `--project DIR` where the project lies")
  }

  /// What would happen to the call. Arguments with two readings are denied as the proxy denies them.
  func verdict(on tool: String, arguments: [UInt8]?, client: String?) throws(Failure) -> Verdict {
    var document: JSONDocument?
    if let arguments {
      do {
        document = try JSONDocument(
          parsing: arguments, limits: JSONLimits(bytes: limits.messageBytes, depth: limits.depth))
      } catch {
        guard error.kind.hasTwoReadings else { throw Failure("the arguments are not JSON: \(error.message)") }
        return Verdict(
          decision: Decision(unreadable: "the arguments are refused: \(error.message)"),
          entries: [])
      }
    }
    let traced = policy.trace(Call(tool: tool, arguments: document, client: client))
    return Verdict(decision: traced.decision, entries: traced.entries)
  }
}

extension ProjectPaths {
  /// The project and the user's home as they are here, as the proxy takes them.
  static func onThisMachine(project: Project?) -> ProjectPaths {
    ProjectPaths(projects: spellings(of: project?.spelling), homes: spellings(of: homeDirectory))
  }

  /// As given and, if that is another, as its real path.
  private static func spellings(of path: String?) -> [String] {
    guard let path else { return [] }
    let bytes = Array(path.utf8)
    // What is not there yet may be made below a link.
    guard let real = FileLinks().realPath(of: bytes) ?? LinkWalk().destination(of: bytes), !real.elementsEqual(bytes)
    else { return [path] }
    return [path, String(decoding: real, as: UTF8.self)]
  }
}

extension JSONError.Kind {
  /// Whether another reader might take the text for something else, or it is over a limit.
  fileprivate var hasTwoReadings: Bool {
    [.invalidUTF8, .loneSurrogate, .duplicateName, .tooDeep, .tooLarge].contains(self)
  }
}

import LatchJSON
import LatchPolicy

/// One upstream's policy, made ready to decide calls at the command line as the proxy would.
struct Judge {
  private let policy: Policy
  private let limits: Guard.Limits

  init(upstream: String, bundle: String?, project option: ProjectOption) throws(Failure) {
    let frozen: FrozenBundle
    let directory: String?
    if bundle != nil {
      let place = try BundlePlace(option: bundle, project: option)
      frozen = try place.frozen()
      directory = place.projectDirectory
    } else {
      let loaded = try LoadedProject(try option.find())
      guard let compiled = try loaded.freeze(quiet: true) else {
        throw Failure("the policy has mistakes; `latch validate` says them all")
      }
      frozen = compiled
      directory = loaded.project.absolute
    }
    limits = frozen.guarding.limits
    do {
      // All of the bundle, since only so are the rules' places in it.
      policy = try Policy(try frozen.bundle(), upstream: upstream, paths: .onThisMachine(project: directory))
    } catch {
      throw Failure("\(error)")
    }
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
  /// The project and the user's home as they are here.
  static func onThisMachine(project: String?) -> ProjectPaths {
    ProjectPaths(
      projects: [project].compactMap(\.self),
      homes: [homeDirectory, homeDirectory.flatMap(Files.realPath)].compactMap(\.self))
  }
}

extension JSONError.Kind {
  /// Whether another reader might take the text for something else, or it is over a limit.
  fileprivate var hasTwoReadings: Bool {
    [.invalidUTF8, .loneSurrogate, .duplicateName, .tooDeep, .tooLarge].contains(self)
  }
}

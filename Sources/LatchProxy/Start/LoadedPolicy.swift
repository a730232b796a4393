import LatchJSON
import LatchLaunch
import LatchPolicy

/// A bundle as the proxy of one upstream holds it.
struct LoadedPolicy: Sendable {
  let guarding: Guard
  let policy: Policy
  let upstream: UpstreamPolicy
  let identity: PolicyIdentity

  /// Reads the file once and believes nothing of it that its digests do not vouch for.
  init(_ arguments: Arguments, _ references: References, state: String) throws(StartError) {
    let (frozen, bundle) = try StartError.wrapping { () throws(BundleError) in
      let frozen = try FrozenBundle(try BundleFile.read(path: arguments.bundle), pin: arguments.pin)
      return (frozen, try frozen.bundle(upstream: arguments.upstream))
    }
    guard let upstream = bundle.upstreams.first else { throw StartError("the bundle has no such upstream") }
    if upstream.needsProject, references.project == nil {
      throw StartError("a rule of the policy speaks of `${project}`; start latch-proxy with `--project DIR`")
    }
    guarding = bundle.guarding
    if arguments.observes, !guarding.observe {
      throw StartError("`--mode observe` wants `defaults.observe: true` in the policy, which this one does not have")
    }
    self.upstream = upstream
    identity = PolicyIdentity(bundle: frozen.digest, policy: frozen.policyDigest)
    let paths = Paths.protected(
      references, bundle.guarding.protected, upstream.launch, bundle: arguments.bundle, state: state)
    policy = try StartError.wrapping { () throws(BundleError) in
      try Policy(bundle, upstream: arguments.upstream, paths: paths)
    }
  }

  /// Whose signatures approve.
  func approvalKeys() throws(StartError) -> [ApprovalKey] {
    try guarding.approvalKeys.map { (approver) throws(StartError) in
      do {
        return try ApprovalKey(bytes: approver.publicKey, owner: approver.name)
      } catch {
        throw StartError("the policy's key of `\(approver.name)` cannot be used: \(error)")
      }
    }
  }

  var limits: JSONLimits { JSONLimits(bytes: guarding.limits.messageBytes, depth: guarding.limits.depth) }
}

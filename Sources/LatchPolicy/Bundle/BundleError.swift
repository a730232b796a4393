/// Why a bundle is not used.
package enum BundleError: Error, Sendable, Equatable {
  case notABundle
  case unknownVersion(String)
  case cutShort
  /// What of it is not as it was written.
  case altered(String)
  /// In order byte for byte, yet not what this version writes: the line, and what is wrong with it.
  case malformed(line: String, String)
  case wrongPin(expected: String, found: String)
  case notAPin(String)
  case unknownUpstream(String, known: [String])
  /// A value that has no place in a bundle: our own mistake or a hostile lock.
  case notEncodable(String)
  case cannotOpen(path: String, errno: Int32)
  case notAFile(path: String)
  case tooLarge(path: String)
  case writableByOthers(path: String)
  case foreignOwner(path: String)
}

extension BundleError: CustomStringConvertible {
  /// What is wrong and what to do about it, for the person who reads it in the client.
  package var description: String {
    switch self {
    case .notABundle:
      "this is not a Latch bundle; `latch build` writes one (by default `.latch/policy.latch`)"
    case .unknownVersion(let version):
      "the bundle is of version \(version) and this program reads version \(Bundle.version); "
        + "use `latch` and `latch-proxy` of one release and run `latch build` again"
    case .cutShort: "the bundle is cut short; run `latch build` again"
    case .altered(let what): "the bundle was altered after it was written (\(what)); run `latch build` again"
    case .malformed(let line, let what):
      "the bundle is not as this version writes it (\(line): \(what)); run `latch build` again"
    case .wrongPin(let expected, let found):
      "the bundle is not the pinned one (pinned \(expected), found \(found)); if the change is meant, "
        + "run `latch export` again to pin the new one"
    case .notAPin(let text):
      "`\(text)` is not a pin; write `bundle:sha256:…` or `policy:sha256:…` as `latch build` prints it"
    case .unknownUpstream(let name, let known):
      "the bundle has no upstream `\(name)`; it has \(Self.names(known)); run `latch build` and `latch export` again"
    case .notEncodable(let what): "the bundle cannot be written: \(what)"
    case .cannotOpen, .notAFile, .tooLarge, .writableByOthers, .foreignOwner: fileDescription
    }
  }

  /// What is wrong, without what to do about it.
  var cause: String { if case .malformed(let line, let what) = self { "\(line): \(what)" } else { description } }

  private var fileDescription: String {
    switch self {
    case .cannotOpen(let path, let errno):
      "cannot read the bundle `\(path)` (errno \(errno)); run `latch build` to write it"
    case .notAFile(let path): "the bundle `\(path)` is not a regular file; name the file that `latch build` wrote"
    case .tooLarge(let path): "the bundle `\(path)` is over \(BundleFile.limit >> 20) MiB; run `latch build` again"
    case .writableByOthers(let path):
      "the bundle `\(path)` can be written by others; run `chmod go-w` on it, or `latch build` again"
    case .foreignOwner(let path):
      "the bundle `\(path)` belongs to another user; run `latch build` as the user who runs the proxy"
    default: preconditionFailure("only asked about files")
    }
  }

  private static func names(_ known: [String]) -> String {
    known.isEmpty ? "none" : known.map { "`\($0)`" }.joined(separator: ", ")
  }
}

import LatchAutomata
import LatchJSON

/// The built-in guardrail `latch-self`: keeps calls away from the files that decide about calls.
///
/// It reads text as a path in every way that a server may: an injected model chooses the spelling. What it cannot see
/// is a path that comes together only while a command runs. What a link leads to is asked for by `isReached`.
final class SelfProtection: Sendable {
  static let rule = Guard.selfProtection

  private let screen: PathScreen
  private let places: ProtectedPlaces
  /// Where relative paths start from, as they are written.
  private let bases: [[UInt8]]

  init(_ protected: [ProtectedPath], _ paths: ProjectPaths, launch: Launch) {
    places = ProtectedPlaces(protected, paths, launch: launch)
    screen = PathScreen(places.lastSegments)
    bases = paths.projects.map { Array($0.utf8) }
  }

  /// Whether any string of the arguments, names too, names a protected file.
  func isTouched(by arguments: Arguments, _ actionClass: ActionClass) -> Bool {
    let document = arguments.document
    guard screen.mayNameAny(document.storage.span.extracting(arguments.strings)) else { return false }
    for index in arguments.range where document.isString(index) {
      guard screen.mayNameAny(document.storage.span.extracting(document.contentRange(index))) else { continue }
      if isNamed(by: Array(document.content(index)), actionClass) { return true }
    }
    return false
  }

  /// Longer texts name no file: no system has longer paths.
  private static let longestPath = 4096

  /// Whether any string of the arguments is a path that leads to a protected file through a link.
  func isReached(from arguments: Arguments, _ actionClass: ActionClass, links: LinkResolver) -> Bool {
    let document = arguments.document
    var path: [UInt8] = []
    for index in arguments.range where document.isString(index) {
      let text = document.storage.span.extracting(document.contentRange(index))
      guard mayBePath(text) else { continue }
      if text[0] == slash {
        if isNamed(behind: text, links, actionClass) { return true }
        continue
      }
      for base in bases {
        path.removeAll(keepingCapacity: true)
        path += base
        path.append(slash)
        path += document.content(index)
        if isNamed(behind: path.span, links, actionClass) { return true }
      }
    }
    return false
  }

  private func mayBePath(_ text: Span<UInt8>) -> Bool {
    guard !text.isEmpty, text.count <= Self.longestPath else { return false }
    for index in text.indices where text[index] == 0 || text[index] == 0x0A { return false }
    return true
  }

  /// Whether the path leads elsewhere, and to a protected file.
  private func isNamed(behind path: Span<UInt8>, _ links: LinkResolver, _ actionClass: ActionClass) -> Bool {
    guard let real = links(path), !areEqual(real.span, path) else { return false }
    return isNamed(by: real, actionClass)
  }

  private func isNamed(by text: [UInt8], _ actionClass: ActionClass) -> Bool {
    let runs = actionClass == .execute
    let words = runs ? PathWords.ofCommand(text) : PathWords.whole(text)
    return words.contains { word in
      PathReading.all(of: word).contains { places.include($0, inCommand: runs) }
    }
  }
}

private let slash = UInt8(ascii: "/")

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
    for index in arguments.range where document.isString(index) {
      let text = Array(document.content(index))
      guard !text.isEmpty, text.count <= Self.longestPath, !text.contains(0), !text.contains(0x0A) else { continue }
      let isAbsolute = text[0] == UInt8(ascii: "/")
      for path in isAbsolute ? [text] : bases.map({ $0 + [UInt8(ascii: "/")] + text }) {
        guard let real = links(path.span), real != path else { continue }
        if isNamed(by: real, actionClass) { return true }
      }
    }
    return false
  }

  private func isNamed(by text: [UInt8], _ actionClass: ActionClass) -> Bool {
    let runs = actionClass == .execute
    let words = runs ? PathWords.ofCommand(text) : PathWords.whole(text)
    return words.contains { word in
      PathReading.all(of: word).contains { places.include($0, inCommand: runs) }
    }
  }
}

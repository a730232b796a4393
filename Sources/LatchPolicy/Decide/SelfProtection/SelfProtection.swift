import LatchAutomata
import LatchJSON

/// The built-in guardrail `latch-self`: keeps calls away from the files that decide about calls.
///
/// It reads text as a path in every way that a server may: an injected model chooses the spelling. What it cannot see
/// is a path that comes together only while a command runs, or a link that leads to a protected file.
struct SelfProtection: Sendable {
  static let rule = Guard.selfProtection

  private let screen: PathScreen
  private let places: ProtectedPlaces

  init(_ protected: [ProtectedPath], _ paths: ProjectPaths, launch: Launch) {
    places = ProtectedPlaces(protected, paths, launch: launch)
    screen = PathScreen(places.lastSegments)
  }

  /// Whether any string of the arguments, names too, names a protected file.
  func isTouched(by arguments: Arguments, _ actionClass: ActionClass) -> Bool {
    let document = arguments.document
    for index in arguments.range where document.nodes[index].kind == .string {
      guard screen.mayNameAny(document.storage.span.extracting(document.contentRange(index))) else { continue }
      if isNamed(by: Array(document.content(index)), actionClass) { return true }
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

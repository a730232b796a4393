import LatchJSON

/// The built-in guardrail `latch-self`: keeps calls away from the files that decide about calls.
///
/// It reads text as a path in every way that a server may: an injected model chooses the spelling. What it cannot see
/// is a path that comes together only while a command runs. What a link leads to is asked for by `isReached`.
final class SelfProtection: Sendable {
  static let rule = Guard.selfProtection

  private let screen: PathScreen
  private let places: ProtectedPlaces
  let bases: PathBases

  init(_ protected: [ProtectedPath], _ paths: ProjectPaths, launch: Launch) {
    bases = PathBases(paths, launch: launch)
    places = ProtectedPlaces(protected, paths, bases)
    screen = PathScreen(places.lastSegments)
  }

  /// Whether any string of the arguments, names too, names a protected file.
  func isTouched(by arguments: Arguments, _ actionClass: ActionClass) -> Bool {
    let document = arguments.document
    let storage = document.storage.span
    guard screen.mayNameAny(storage.extracting(arguments.strings)) else { return false }
    var reading = PathReading()
    for index in arguments.range where document.isString(index) {
      let text = storage.extracting(document.contentRange(index))
      if screen.mayNameAny(text), isNamed(by: text, actionClass, &reading) { return true }
    }
    return false
  }

  /// Whether the text, or a word of it if it is a command, names a protected file. `reading` is only memory.
  func isNamed(by text: Span<UInt8>, _ actionClass: ActionClass, _ reading: inout PathReading) -> Bool {
    let runs = actionClass == .execute
    return PathWords.any(of: text, inCommand: runs) { word in
      reading.any(of: text, word) { path, text, _ in places.include(path, in: text, inCommand: runs) }
    }
  }
}

import LatchCompiler
import LatchJSON
import LatchSource

/// A YAML or JSON text as a tree with places, or what is wrong with it.
struct Text {
  /// Something wrong, with its place.
  struct Problem {
    var path: String
    var start: Position
    var end: Position
    var message: String

    var line: String { "\(path):\(start.line):\(start.column): \(message)" }
  }

  var source: Source
  var document: JSONDocument?
  var problems: [Problem] = []

  /// A file called `.json` is JSON; any other is YAML, of which JSON is a part.
  static func load(_ path: String) throws(Failure) -> Text {
    let source = Source(path: path, bytes: try Files.read(path))
    let isJSON = path.utf8.suffix(5).elementsEqual(".json".utf8) || looksLikeJSON(source.bytes)
    return isJSON ? json(source) : yaml(source)
  }

  private static func looksLikeJSON(_ bytes: [UInt8]) -> Bool {
    bytes.count > 65_536 && bytes.first == UInt8(ascii: "{") && (try? JSONDocument(parsing: bytes)) != nil
  }

  private static func json(_ source: Source) -> Text {
    var text = Text(source: source)
    do {
      text.document = try JSONDocument(parsing: source.bytes)
    } catch {
      let position = source.position(of: error.offset)
      text.problems = [Problem(path: source.path, start: position, end: position, message: error.message)]
    }
    return text
  }

  private static func yaml(_ source: Source) -> Text {
    let outcome = read(source).then { LatchCompiler.document(of: $0) }
    var text = Text(source: source, document: outcome.accepted)
    text.problems = outcome.found.filter { $0.severity == .error }.map { finding in
      let place = text.place(finding.span?.range ?? 0..<0)
      return Problem(path: source.path, start: place.start, end: place.end, message: finding.message)
    }
    return text
  }

  func place(_ range: Range<Int>) -> (start: Position, end: Position) {
    (source.position(of: range.lowerBound), source.position(of: range.upperBound))
  }
}

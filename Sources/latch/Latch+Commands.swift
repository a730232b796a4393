import ArgumentParser
import LatchSource

extension Latch {
  /// Throws where the words name a command that there is not. The parser would do so too, but not where they ask for
  /// help: then it shows that of the nearest command there is, as if it were the one asked about.
  static func refuseUnknownCommand(in words: [String]) throws {
    var command: any ParsableCommand.Type = Latch.self
    var name = "latch"
    for word in words.drop(while: { ["help", "--help", "-h"].contains($0) }) {
      let commands = command.configuration.subcommands
      // The word after `schema` may be one that its default command takes.
      guard !commands.isEmpty, command != SchemaCommand.self, word.utf8.first != UInt8(ascii: "-") else { return }
      guard let next = commands.first(where: { $0.isNamed(word) }) else {
        let known = commands.compactMap { $0.configuration.commandName }
        let hint = closest(to: word, among: known).map { " Did you mean `\(name) \($0)`?" } ?? ""
        throw ValidationError("There is no command `\(name) \(word.harmless)`.\(hint)")
      }
      command = next
      name += " \(word)"
    }
  }
}

extension ParsableCommand {
  fileprivate static func isNamed(_ word: String) -> Bool {
    configuration.commandName?.utf8.elementsEqual(word.utf8) == true
  }
}

import LatchJSON
import LatchLaunch
import LatchPolicy

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Tells the user that an approval is waited for, by the command that the user's own configuration names.
///
/// The configuration is `config.json` in the user's configuration directory, never a project's:
/// `{"approval": {"notify": ["notify-send", "Latch"]}}`. The command gets the request as one JSON object on its
/// standard input, and nobody waits for it.
struct ApprovalNotice: Sendable {
  private let command: [String]

  /// nil where no command is configured; throws what is wrong with a configuration that is there.
  init?(configuration directory: String?) throws(StartError) {
    guard let directory, let bytes = try Self.contents(of: "\(directory)/config.json") else { return nil }
    let place = "the configuration `\(directory)/config.json`"
    guard let value = try? JSONValue(parsing: bytes), let members = value.object else {
      throw StartError("\(place) is no JSON object")
    }
    guard members.allSatisfy({ $0.name.utf8.elementsEqual("approval".utf8) }) else {
      throw StartError("\(place) has a member that Latch does not know; `approval` is the only one")
    }
    guard let approval = value["approval"] else { return nil }
    guard let words = approval["notify"]?.array?.map(\.string), !words.isEmpty, !words.contains(nil),
      approval.object?.count == 1
    else { throw StartError("\(place): `approval.notify` is a list of a program and its arguments") }
    command = words.compactMap(\.self)
  }

  /// nil if there is no such file; it has to be as safe as a bundle's.
  private static func contents(of path: String) throws(StartError) -> [UInt8]? {
    guard unsafe access(path, F_OK) == 0 else { return nil }
    do {
      return try BundleFile.read(path: path)
    } catch {
      throw StartError("the configuration `\(path)` cannot be used: \(error)")
    }
  }

  /// What goes to the command for a request.
  func text(_ record: ApprovalRecord) -> [UInt8] {
    let request = record.request
    var writer = MessageWriter()
    writer.raw("{\"id\":")
    writer.string(record.id)
    for (name, text) in [
      ("project", request.projectPath), ("upstream", request.upstream), ("tool", request.tool),
      ("reason", request.reason), ("arguments", request.arguments),
    ] {
      writer.raw(",\"\(name)\":")
      writer.string(text)
    }
    writer.raw(",\"expires\":")
    writer.number(record.expires)
    writer.raw("}\n")
    return writer.bytes
  }

  func send(_ record: ApprovalRecord) {
    let text = text(record)
    let command = ProgramCommand(
      program: command[0], arguments: Array(command.dropFirst()),
      environment: ProcessEnvironment.current().variables.map { ($0.name, $0.value) })
    _ = startThread {
      guard let child = try? ChildProcess.start(command, errors: 2) else { return }
      // By another thread: a command that reads nothing is ended all the same.
      let isWritten = startThread {
        _ = Descriptors.write(text.span, to: child.input)
        close(child.input)
      }
      if !isWritten { close(child.input) }
      child.stop(grace: 10_000)
      close(child.output)
    }
  }
}

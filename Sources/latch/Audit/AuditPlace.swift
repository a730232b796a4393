import ArgumentParser
import LatchCompiler
import LatchProxy

/// `--state DIR`.
struct StateOption: ParsableArguments {
  @Option(help: ArgumentHelp("Latch's state directory; else the user's own.", valueName: "dir"))
  var state: String?

  func find() throws(Failure) -> AuditPlace {
    if let state { return AuditPlace(state: Files.absolute(state)) }
    return AuditPlace(state: try UserDirectories.state())
  }
}

/// Where the audit record lies.
struct AuditPlace {
  let state: String

  private var directory: String { "\(state)/audit" }

  /// The files of the record by their names (`2026-02-03/…jsonl`), in order; only those of `day` and later, if one is
  /// given.
  func files(since day: String = "") -> [String] {
    let days = Files.entries(of: directory).filter { $0.kind == .directory && Self.isDay($0.name) }.map(\.name)
    return days.filter { !$0.utf8.lexicographicallyPrecedes(day.utf8) }.flatMap { day in
      Files.entries(of: "\(directory)/\(day)").filter { $0.kind == .file && $0.name.hasSuffix(".jsonl") }
        .map { "\(day)/\($0.name)" }
    }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  func bytes(of file: String, from offset: Int = 0) throws(Failure) -> [UInt8] {
    try Files.tail(of: "\(directory)/\(file)", from: offset)
  }

  /// False only where it is certain that the record has no such file.
  func mayHold(_ file: String) -> Bool { Files.mayExist("\(directory)/\(file)") }

  /// What was kept of the record in the database. Whoever removes that leaves what was made together with it.
  func anchors() throws(Failure) -> AuditVerifier.Anchors {
    let entries = Files.entries(of: state)
    for case .unreadable(let problem) in entries.map(\.kind) where Files.mayExist(state) {
      throw Failure("cannot read `\(state)`: \(problem)")
    }
    let names = entries.map(\.name)
    guard names.contains("state.db") else {
      return ["state.counter", "audit.key"].contains(where: names.contains) ? .lost : .elsewhere
    }
    do {
      return .kept(try StateDatabase(directory: state).anchoredHeads())
    } catch {
      throw Failure(error.description)
    }
  }

  private static func isDay(_ name: String) -> Bool {
    UTCTime(parsing: name).map { $0.date.utf8.elementsEqual(name.utf8) } ?? false
  }
}

import ArgumentParser
import LatchCompiler

/// `latch init`: a policy to begin with.
struct InitCommand: LatchCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Begin a project: writes a commented `latch.yaml` that validates.",
    discussion: "Nothing that exists is overwritten. `latch import` then adds the servers of a client.")

  @Argument(help: "The directory; made if it does not exist.")
  var directory = "."

  func perform() throws(Failure) -> Status {
    let project = Project(
      directory: directory.count > 1 && directory.hasSuffix("/") ? String(directory.dropLast()) : directory)
    guard try Files.readIfPresent(project.path("latch.yaml")) == nil else {
      throw Failure("`\(project.path("latch.yaml"))` exists already; edit it, or remove it first")
    }
    try Files.makeDirectory(project.directory)
    let text = starterPolicy(name: projectName(from: name(of: project.absolute)))
    try Files.write(Array(EmbeddedSchema.policyBytes), to: project.path(".latch/latch.schema.json"))
    try Files.write(Array(text.utf8), to: project.path("latch.yaml"))
    Output.print("wrote \(project.path("latch.yaml"))")
    Output.say(
      "next: `latch import FILE --write` takes over a client's servers, `latch sync` asks them for their tools")
    return .fine
  }
}

/// A project's name made of a directory's.
func projectName(from text: String) -> String {
  let mapped = text.lowercased().unicodeScalars.map { scalar -> Character in
    ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar) ? Character(scalar) : "-"
  }
  let name = String(mapped.drop { $0 == "-" }.prefix(64))
  return name.isEmpty ? "my-project" : name
}

/// A project's name as a text of YAML: in quotes where it is a number, a date, a truth value or nothing, for readers of
/// YAML 1.1 too.
private func plainOrQuoted(_ name: String) -> String {
  let words = ["y", "n", "yes", "no", "on", "off", "true", "false", "null"]
  let isPlain = name.utf8.first.map { $0 > UInt8(ascii: "9") } == true && !words.contains(name)
  return isPlain ? name : "\"\(name)\""
}

private func starterPolicy(name: String) -> String {
  """
  # yaml-language-server: $schema=.latch/latch.schema.json
  #
  # What agents may do with the MCP servers of this project. After a change: `latch validate`, then `latch build`.
  version: 1
  name: \(plainOrQuoted(name))

  # The servers. `latch import FILE --write` takes them over from a client; by hand they are written so:
  upstreams:
    example:
      enabled: false                  # take this line away once the rest names a server of yours
      command: npx
      args: ["-y", "@modelcontextprotocol/server-filesystem@2026.1.14", "${project}"]
      env:
        TOKEN: "${env:FS_TOKEN}"      # filled in when the server starts; no secret stands in this file

  # What holds where no rule speaks.
  defaults:
    effect: deny

  # `latch sync` gives every tool a class: read < write < send < execute < submit < transfer_value. A rule that names a
  # tool decides before one that names a class only; among equals the strictest decides.
  rules:
    - id: read-freely
      effect: allow
      class: read

    - id: ask-before-changes
      effect: require_approval
      class: [write, send, execute, submit]
      reason: This changes something; a person has to agree.

  # Guardrails hold whatever the rules say; they can deny and ask, never allow.
  guardrails:
    - id: no-payments
      effect: deny
      class: transfer_value
      reason: Agents of this project do not move money.

  # What must come of a call, whatever the rules become: `latch test` runs them. Those of an upstream that is off are
  # skipped.
  tests:
    - name: what a server shows can be read
      call: { upstream: example, tool: "@resources/read", arguments: { uri: "file:///notes.txt" } }
      expect: { effect: allow, rule: read-freely }

  """
}

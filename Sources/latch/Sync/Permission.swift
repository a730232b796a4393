/// Asks the user before a project's commands are started for the first time (a command is code), or its servers are
/// spoken to (a header can hold any of the user's secrets).
enum Permission {
  /// Returns if all of them may be started: trusted before, agreed to now, or `granted` on the command line.
  static func ask(for upstreams: [UpstreamToList], in project: Project, granted: Bool) throws(Failure) {
    var trust = try Trust()
    let new = upstreams.filter { !trust.covers($0.launch, in: project.absolute) }
    guard !new.isEmpty else { return }
    let what = new.contains { $0.launch.plan == nil } ? "starts commands or speaks to servers" : "starts commands"
    Output.say("this project \(what) that you have not agreed to yet:")
    for upstream in new { Output.say("\(upstream.name.harmless)\n\(upstream.launch.shown)") }
    if !granted { try askOnTerminal(count: new.count) }
    try trust.add(new.map(\.launch), in: project.absolute)
  }

  private static func askOnTerminal(count: Int) throws(Failure) {
    guard let answer = Output.ask("start \(count == 1 ? "it" : "them") now and in future? [y/N] ") else {
      throw Failure("there is no terminal to ask on; look at the commands above, then pass `--trust`")
    }
    guard ["y", "yes"].contains(answer.lowercased()) else { throw Failure("not trusted; nothing was started") }
  }
}

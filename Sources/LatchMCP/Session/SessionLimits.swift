/// How much of a server is borne: one that floods, hangs or never ends its list meets one of these.
package struct SessionLimits: Sendable {
  /// For one answer.
  package var answer = Duration.seconds(30)
  /// For the first answer, which waits for the program to start.
  package var start = Duration.seconds(30)
  /// For all of a session.
  package var session = Duration.seconds(120)
  package var lineBytes = 16_777_216
  package var sessionBytes = 67_108_864
  package var lines = 20_000
  package var pages = 1_000
  package var tools = 10_000

  package init() {}
}

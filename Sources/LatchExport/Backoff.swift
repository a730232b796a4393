/// How long is waited between attempts: each time up to twice as long, and not as long as all others who wait.
package struct Backoff: Sendable {
  private static let shortest = Duration.milliseconds(500)
  private static let longest = Duration.seconds(30)
  /// A server may ask for more patience, but not for any.
  private static let longestWish = Duration.seconds(600)

  private var step = shortest

  package init() {}

  /// The next pause; at least as long as the server wishes. `chance` is between 0 and 1.
  package mutating func pause(wished: Duration?, chance: Double = .random(in: 0...1)) -> Duration {
    let pause = step * (0.5 + chance / 2)
    step = min(step * 2, Self.longest)
    return max(pause, min(wished ?? .zero, Self.longestWish))
  }
}

package import LatchJSON

/// How much of a server over HTTP is borne, and how much may wait for it.
package struct HTTPLimits: Sendable {
  /// For a connection, its encryption included.
  package var connect = Duration.seconds(10)
  /// From a request to the first byte of its answer; again as long for the rest of a body that is no stream.
  package var answer = Duration.seconds(60)
  /// The same for requests of whoever uses this, where that one sees to it that none takes too long; nil: as `answer`.
  package var request: Duration?
  /// A stream on which a request waits may say nothing for so long, not even a comment.
  package var silence = Duration.seconds(600)
  /// For HTTP+SSE to be spoken where that is only tried because a server refuses Streamable HTTP: for the head of its
  /// stream, and again for the first event.
  package var endpoint = Duration.seconds(5)
  /// For the rest of an answer that nobody reads.
  package var rest = Duration.seconds(2)
  /// For ending the session when all is over.
  package var farewell = Duration.seconds(1)
  /// Of one message, in either direction.
  package var message = JSONLimits()
  /// Messages that the network has not taken yet.
  package var queuedBytes = 67_108_864
  /// Requests that are under way at once; others wait their turn.
  package var requests = 128
  /// Hops to another path of the same origin.
  package var redirects = 3
  /// The shortest pause before a stream is opened again, and the longest that a server may ask for.
  package var pause = Duration.milliseconds(100)
  package var longestPause = Duration.seconds(300)
  /// Attempts in a row, without an event between, to open a stream again.
  package var attempts = 3
  /// Times that one stream is opened again in all.
  package var resumptions = 1_000
  /// Sessions lost in a row, each before there was an answer in it and before it had lasted so long.
  package var renewals = 3
  package var lasting = Duration.seconds(60)
  /// Attempts to open a lost session again where the server is out of reach for a moment, and the pause before the
  /// second; each one after is twice as long.
  package var openings = 6
  package var openingPause = Duration.seconds(1)

  package init() {}

  var patience: Duration { request ?? answer }
}

/// What a server over HTTP has to say, in the order in which it came.
package enum HTTPEvent: Sendable, Equatable {
  /// One JSON-RPC message, without a line's end in it.
  case message([UInt8])
  /// The request with this id (as its sender wrote it) will have no answer.
  case failed(id: [UInt8], HTTPFailure)
  /// The request with this id was cancelled and will have no answer.
  case cancelled(id: [UInt8])
  /// The session is no more, and another is being opened: all that was asked in it, by either side, goes without an
  /// answer, and nobody knows what the server's tools are. Calls fail until the owner has confirmed the renewal.
  case sessionLost
  /// The next session is open, with this answer of the server's to `initialize`; to be followed by `confirmRenewal`.
  case renewed(session: Int, initializeResult: [UInt8])
  /// The server's tools are not those that it said they are: they must be verified before the next call.
  case toolsOutdated
  /// What the server announced meanwhile may be lost: its tools may be others by now.
  case announcementsLost
  /// For the log.
  case note(String)
  /// Nothing more comes.
  case ended(HTTPFailure)
}

/// What a server over HTTP has to say, in the order in which it came.
package enum HTTPEvent: Sendable, Equatable {
  /// One JSON-RPC message, without a line's end in it.
  case message([UInt8])
  /// The request with this id (as its sender wrote it) will have no answer.
  case failed(id: [UInt8], HTTPFailure)
  /// The request with this id was cancelled and will have no answer.
  case cancelled(id: [UInt8])
  /// The server has forgotten the session; a new one is being opened. From now on calls fail until the owner has
  /// confirmed the renewal.
  case sessionLost
  /// What the server announced meanwhile is lost: what its tools are must be verified before the next call. With the
  /// server's new answer to `initialize` if there is a new session, to be followed by `confirmRenewal`.
  case renewed(initializeResult: [UInt8]?)
  /// For the log.
  case note(String)
  /// Nothing more comes.
  case ended(HTTPFailure)
}

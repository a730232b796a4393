/// What a server says, or is told of, that does not speak in lines.
extension Relay {
  /// One message of the server.
  package func takeFromUpstream(_ message: [UInt8]) {
    change { session, effects in
      session.fromUpstream(message.span, at: Descriptors.microseconds(), &effects)
      if effects.forwards { effects.toClient = message + [0x0A] + effects.toClient }
    }
  }

  /// The request with this id, as it was written, will have no answer: one with the reason stands in its place, of which
  /// the session knows what to make.
  package func upstreamFails(_ id: [UInt8], because reason: String) {
    takeFromUpstream(Answers.error(.internalError, "Latch: \(reason)", id: RequestID(written: id)))
  }

  /// The request with this id was cancelled, and will have no answer.
  package func upstreamForgets(_ id: [UInt8]) {
    change { session, effects in session.forget(id, &effects) }
  }

  /// The server has begun anew; `then` is done before anything else is decided.
  package func upstreamRestarts(_ then: () -> Void = {}) {
    change { session, effects in
      session.upstreamRestarts(&effects)
      then()
    }
  }

  /// The server has forgotten the session, and begins anew.
  package func upstreamForgetsSession() { change { session, effects in session.upstreamForgetsSession(&effects) } }

  /// What the server announced may be lost.
  package func upstreamMayHaveChanged() { change { session, effects in session.upstreamMayHaveChanged(&effects) } }

  /// Nothing more will be heard of the server.
  package func upstreamHasEnded() { events.send(.upstreamEnded) }

  /// For standard error.
  package func report(_ text: String) { diagnostics.write(text) }
}

package import LatchLaunch

/// How a server is reached, with everything filled in.
package enum ServerAddress: Sendable {
  case program(ProgramCommand)
  case endpoint(HTTPEndpoint)
}

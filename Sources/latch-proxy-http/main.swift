import LatchProxy
import LatchRemote

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

exit(Proxy.run(Array(CommandLine.arguments.dropFirst()), connecting: connect))

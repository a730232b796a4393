import LatchClients
import Testing

@Suite("The table of clients")
struct ClientTableTests {
  @Test("has forty clients with different ids that rules may name")
  func ids() {
    let ids = Client.all.map(\.id)
    #expect(Set(ids).count == 40)
    #expect(ids.allSatisfy { $0.utf8.allSatisfy { $0 == 0x2D || (0x30...0x39 ~= $0) || (0x61...0x7A ~= $0) } })
    #expect(ids == ids.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
  }

  @Test("names files below the project or the home only")
  func paths() {
    for path in Client.all.flatMap({ $0.projectPaths + $0.linuxPaths + $0.macPaths }) {
      #expect(!path.isEmpty && !path.hasPrefix("/") && !path.hasPrefix("~") && !path.contains(".."))
    }
  }
}

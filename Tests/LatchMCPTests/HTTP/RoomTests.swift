import Testing

@testable import LatchMCP

@Suite struct RoomTests {
  /// Waits until somebody waits for room, which nobody is told of.
  private func isWaited(for room: Room) async -> Bool {
    for _ in 0..<30_000 {
      if room.isWaitedFor { return true }
      try? await Task.sleep(for: .milliseconds(1))
    }
    return false
  }

  @Test func `who finds no room waits until there is some, in turn`() async {
    let room = Room(for: 100)
    #expect(await room.enter(60))
    let large = Task { await room.enter(70) }
    #expect(await isWaited(for: room))
    // There would be room for this one, but it is not its turn.
    let small = Task {
      let isIn = await room.enter(30)
      return isIn
    }
    room.leave(60)
    #expect(await large.value)
    #expect(await small.value)
  }

  @Test func `who gives up lets the next one in`() async {
    let room = Room(for: 100)
    #expect(await room.enter(60))
    let large = Task { await room.enter(70) }
    #expect(await isWaited(for: room))
    let small = Task { await room.enter(30) }
    large.cancel()
    #expect(await !large.value)
    #expect(await small.value)
    let late = Task {
      while !Task.isCancelled { await Task.yield() }
      return await room.enter(1)
    }
    late.cancel()
    #expect(await !late.value)
  }

  @Test func `what needs more than there is takes all, and nobody waits once it is closed`() async {
    let room = Room(for: 100)
    #expect(await room.enter(1000))
    let next = Task { await room.enter(1) }
    #expect(await isWaited(for: room))
    room.leave(1000)
    #expect(await next.value)
    let last = Task { await room.enter(100) }
    #expect(await isWaited(for: room))
    room.close()
    #expect(await last.value)
    #expect(await room.enter(100))
  }

  @Test func `a reader takes up nothing for little, and all that it may read for more`() async throws {
    let room = Room(for: 1_000_000)
    var little = Share(of: room, nil, patience: nil)
    try await little.cover(65_536, upTo: 1_000_000)
    var much = Share(of: room, nil, patience: nil)
    try await much.cover(65_537, upTo: 1_000_000)
    try await much.cover(900_000, upTo: 1_000_000)
    let next = Task { await room.enter(1) }
    #expect(await isWaited(for: room))
    much.release()
    much.release()
    #expect(await next.value)
    #expect(await room.enter(999_999))
    little.release()
  }

  @Test func `a message needs room in the inbox before it is there`() async {
    let inbox = Inbox(bound: 1000)
    #expect(await inbox.enter(900))
    inbox.add([1], for: 900)
    let next = Task { await inbox.enter(900) }
    inbox.add(.note("a"))
    #expect(inbox.take(within: .seconds(30)) == .message([1]))
    #expect(await next.value)
    inbox.leave(900)
    #expect(await inbox.enter(900))
    #expect(inbox.take(within: .seconds(30)) == .note("a"))
    inbox.close()
    #expect(inbox.take(within: nil) == nil)
    #expect(inbox.take(within: nil) == nil)
  }
}

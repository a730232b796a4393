import AsyncHTTPClient
import NIOCore
import NIOHTTP1

/// An answer whose head has come.
struct HTTPReply: Sendable {
  enum Content: Sendable, Equatable {
    case json, eventStream
    /// As the server names it, for people.
    case other(String)
  }

  let status: Int
  let content: Content
  /// As it came: not yet looked at.
  let sessionID: String?
  /// When the server may be asked again, as it says so.
  let retryAfter: String?
  let body: HTTPBody

  init(_ response: HTTPClientResponse) throws(HTTPFailure) {
    let codings = response.headers[canonicalForm: "content-encoding"]
    guard codings.allSatisfy({ $0.lowercased().utf8.elementsEqual("identity".utf8) }) else {
      throw .notUnderstood("its content is encoded, which was not asked for")
    }
    let ids = response.headers["mcp-session-id"]
    guard ids.count <= 1 else { throw .notUnderstood("it names two sessions") }
    status = Int(response.status.code)
    content = Content(response.headers["content-type"])
    sessionID = ids.first
    retryAfter = response.headers.first(name: "retry-after")
    // What comes in chunks is as long as it is.
    let length = response.headers.contains(name: "transfer-encoding") ? [] : response.headers["content-length"]
    body = HTTPBody(response.body, announced: length.first.flatMap { Int($0) })
  }

  var isSuccess: Bool { (200..<300).contains(status) }
}

extension HTTPReply.Content {
  fileprivate init(_ values: [String]) {
    let types = values.map { value in
      value.prefix { $0 != ";" }.lowercased().filter { $0 != " " && $0 != "\t" }
    }
    guard let type = types.first, types.count == 1 else {
      self = .other(types.isEmpty ? "none" : "two")
      return
    }
    switch type.utf8 {
    case let type where type.elementsEqual("application/json".utf8): self = .json
    case let type where type.elementsEqual("text/event-stream".utf8): self = .eventStream
    default: self = .other(type)
    }
  }
}

/// The body of an answer, to be read once and by one task.
struct HTTPBody: Sendable {
  private let body: HTTPClientResponse.Body
  private let announced: Int?

  init(_ body: HTTPClientResponse.Body, announced: Int?) {
    self.body = body
    self.announced = announced
  }

  /// All of it, if it is no longer than `limit`; `share` is told of it.
  func collected(upTo limit: Int, _ share: inout Share) async throws(HTTPFailure) -> [UInt8] {
    guard announced ?? 0 <= limit else { throw .tooMuch("an answer of over \(limit) bytes") }
    var bytes: [UInt8] = []
    var reader = Reader(self)
    while let chunk = try await reader.next() {
      guard bytes.count + chunk.count <= limit else { throw .tooMuch("an answer of over \(limit) bytes") }
      bytes += chunk
      try await share.cover(bytes.count, upTo: max(bytes.count, announced ?? limit))
    }
    return bytes
  }

  /// What stands at its beginning; where it breaks off, it ends.
  func beginning(upTo limit: Int) async -> [UInt8] {
    var bytes: [UInt8] = []
    var reader = Reader(self)
    while bytes.count < limit, let chunk = try? await reader.next() { bytes += chunk }
    return Array(bytes.prefix(limit))
  }

  /// Reads what little there should be, so that the connection can be used again.
  func discard() async { _ = await beginning(upTo: 4096) }

  /// Hands the body out piece by piece.
  struct Reader {
    private var iterator: HTTPClientResponse.Body.AsyncIterator

    init(_ body: HTTPBody) { iterator = body.body.makeAsyncIterator() }

    /// nil at the end; throws if the end came before its time.
    mutating func next() async throws(HTTPFailure) -> [UInt8]? {
      do {
        guard let chunk = try await iterator.next() else {
          if Task.isCancelled { throw HTTPFailure.closed }
          return nil
        }
        return Array(chunk.readableBytesView)
      } catch {
        throw (error as? HTTPFailure) ?? HTTPFailure(error)
      }
    }
  }
}

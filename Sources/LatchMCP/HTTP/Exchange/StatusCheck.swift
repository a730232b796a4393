import NIOCore
import NIOHTTP1

/// Stands right behind the reader of answers, and ends a connection on which a status comes that HTTP does not have, or
/// the change of protocols that nobody asked for.
///
/// AsyncHTTPClient takes every status below 200 for one that another follows; where none does, it ends the process.
final class StatusCheck: ChannelInboundHandler {
  typealias InboundIn = HTTPClientResponsePart
  typealias InboundOut = HTTPClientResponsePart

  private var hasRefused = false

  /// To be called in the channel's loop, when the channel can send requests.
  static func stand(in channel: any Channel) throws {
    let pipeline = channel.pipeline.syncOperations
    let reader = try pipeline.handler(type: ByteToMessageHandler<HTTPResponseDecoder>.self)
    try pipeline.addHandler(StatusCheck(), position: .after(reader))
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !hasRefused else { return }
    if case .head(let head) = unwrapInboundIn(data), head.status.code < 100 || head.status == .switchingProtocols {
      hasRefused = true
      context.fireErrorCaught(HTTPParserError.invalidStatus)
      return context.close(promise: nil)
    }
    context.fireChannelRead(data)
  }
}

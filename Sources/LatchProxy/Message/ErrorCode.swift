/// The codes of JSON-RPC, of MCP, and the one of our own for what policy denies where there is no `isError`.
enum ErrorCode: Int, Sendable {
  case parseError = -32700
  case invalidRequest = -32600
  case methodNotFound = -32601
  case invalidParams = -32602
  case internalError = -32603
  case unsupportedVersion = -32022
  /// Outside the range that JSON-RPC and MCP keep for themselves.
  case denied = 403
}

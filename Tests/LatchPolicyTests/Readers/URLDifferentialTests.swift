import LatchPolicy
import LatchTestSupport
import Testing

/// What is accepted means the same to RFC 3986 (its own regular expression, and Python's `urllib`) and to a parser of
/// the WHATWG's standard (`can_ada`, or Node), if there is one.
@Suite struct URLDifferentialTests {
  /// A URL as one reader sees it.
  private struct Reading: Codable, Equatable, CustomStringConvertible {
    var scheme: String
    var host: String
    /// 0 where it is not known.
    var port: Int
    /// As it stands, `/` for none.
    var path: String

    var description: String { "\(scheme) \(host) \(port) \(path)" }
  }

  private struct Answer: Decodable {
    var generic: Reading?
    var urllib: Reading?
    var whatwg: Reading?
    var decoded: String?
  }

  private struct Answers: Decodable {
    var parser: String
    var answers: [Answer]
  }

  @Test(.enabled(if: PythonProgram.isHere, "python3 is not here"))
  func whatIsAcceptedHasOneReading() throws {
    var random = RandomTexts(seed: 5)
    let texts = Set((0..<30_000).map { _ in random.url() }).sorted().filter { Readings.problem(ofURL: $0) == nil }
    let found = try PythonProgram.run(Self.script, on: texts, giving: Answers.self)
    print("URLs of one reading: \(texts.count) of 30000 held against RFC 3986, urllib and \(found.parser)")
    if found.parser == "none" { print("no parser of the WHATWG's URLs is here: left out") }
    #expect(texts.count > 3000)
    for (text, answer) in zip(texts, found.answers) {
      let own = try Self.reading(text)
      try #require(answer.generic == own, "\(text)")
      try #require(answer.urllib == own, "\(text)")
      if found.parser != "none" { try Self.compare(answer.whatwg, own, text) }
      if let path = try? Readings.urlPath(text) {
        try #require(Array(path.utf8) == answer.decoded.map { Array($0.utf8) })
      }
    }
  }

  private static func reading(_ text: String) throws -> Reading {
    let url = try Readings.url(text)
    let subject = try #require(Readings.hostAndPort(text))
    let host = subject.utf8.prefix(upTo: try #require(subject.utf8.lastIndex(of: UInt8(ascii: ":"))))
    let path = String(decoding: Readings.bytes(text)[url.path], as: UTF8.self)
    return Reading(
      scheme: try #require(Readings.scheme(text)), host: String(decoding: Array(host), as: UTF8.self),
      port: Int(url.port ?? 0), path: path.isEmpty ? "/" : path)
  }

  private static func compare(_ whatwg: Reading?, _ own: Reading, _ text: String) throws {
    guard var whatwg else {
      // A malformed one: refused there, which is no other reading.
      try #require(own.host.contains("xn--"), "\(text)")
      return
    }
    // Where the path is not read, it is only the host and the port that are the same.
    if (try? Readings.urlPath(text)) == nil { whatwg.path = own.path }
    try #require(whatwg == own, "\(text)")
  }

  private static let script = #"""
    import ipaddress, re, shutil, subprocess
    from urllib.parse import urlsplit, unquote
    ports = {'http': 80, 'https': 443, 'ws': 80, 'wss': 443, 'ftp': 21}
    def host(text):
        text = text.lower()
        try: address = ipaddress.ip_address(text[1:-1] if text.startswith('[') else text)
        except ValueError: return text[:-1] if text.endswith('.') else text
        address = getattr(address, 'ipv4_mapped', None) or address
        return str(address) if address.version == 4 else '[%s]' % address
    def reading(scheme, name, port, path):
        scheme = scheme.lower()
        return {'scheme': scheme, 'host': host(name), 'port': int(port or ports.get(scheme, 0)), 'path': path or '/'}
    def generic(url):
        match = re.match(r'^(([^:/?#]+):)?(//([^/?#]*))?([^?#]*)(\?([^#]*))?(#(.*))?$', url, re.S)
        authority = re.match(r'^(\[[^\]]*\]|[^:@]*)(:([0-9]*))?$', match[4])
        return authority and reading(match[2], authority[1], authority[3], match[5])
    def urllib(url):
        split = urlsplit(url)
        if split.username is not None: return None
        name = '[%s]' % split.hostname if ':' in split.hostname else split.hostname
        return reading(split.scheme, name, split.port, split.path)
    def ada(url):
        try: parsed = can_ada.parse(url)
        except ValueError: return None
        return reading(parsed.protocol[:-1], parsed.hostname, parsed.port, parsed.pathname)
    node = '''
      let text = ''; process.stdin.on('data', part => text += part).on('end', () => {
        console.log(JSON.stringify(JSON.parse(text).map(url => { try { const parsed = new URL(url);
          return [parsed.protocol.slice(0, -1), parsed.hostname, parsed.port, parsed.pathname] } catch { return null } }))) })
      '''
    try:
        import can_ada
        parser, others = 'can_ada', [ada(url) for url in data]
    except ImportError:
        parser, others = 'none', [None] * len(data)
        if shutil.which('node'):
            found = json.loads(subprocess.run(['node', '-e', node], input=json.dumps(data), capture_output=True, text=True).stdout)
            parser, others = 'Node', [answer and reading(*answer) for answer in found]
    def decoded(url):
        try: return unquote(urlsplit(url).path or '/', errors='strict')
        except UnicodeDecodeError: return None
    result = {'parser': parser, 'answers': [
        {'generic': generic(url), 'urllib': urllib(url), 'whatwg': other, 'decoded': decoded(url)} for url, other in zip(data, others)]}
    """#
}

import LatchJSON
import LatchPolicy

/// Vouches for the lines of a bundle whatever they say now: its own account of the form on disk.
///
/// Of line 1 it takes `name`, `serial`, `guard`, and from `sections` the names of the automata in their order, which the
/// other lines still use.
enum Seal {
  enum Kind: String, CaseIterable { case upstream, automaton, rules, provenance, call }

  private static let marks = Kind.allCases.map { ($0, Array("\"kind\":\"\($0.rawValue)\"".utf8)) }

  static func kind(of line: ArraySlice<UInt8>) -> Kind? {
    marks.first { place(of: $0.1, in: line, from: line.startIndex) != nil }?.0
  }

  static func file(_ lines: [ArraySlice<UInt8>]) -> [UInt8]? {
    guard let first = lines.first, let manifest = try? JSONValue(parsing: Array(first)) else { return nil }
    let automata = lines.dropFirst().filter { kind(of: $0) == .automaton }.map(Array.init)
    let digests = automata.map { SHA256Digest.prefixed(of: $0) }
    let known = (manifest["sections"]?.array ?? []).filter { $0["kind"] == "automaton" }
    let names = known.map { $0["name"]?.string ?? "" }
    var sections: [(kind: Kind, name: String, line: [UInt8])] = zip(digests, automata).map { (.automaton, $0, $1) }
    for line in lines.dropFirst() {
      guard let kind = kind(of: line), kind != .automaton, kind != .call else { continue }
      let text = renamed(line, zip(names, digests))
      let name = kind == .upstream ? (try? JSONValue(parsing: text))?["name"]?.string ?? "?" : ""
      sections.append((kind, name, text))
    }
    sections.sort { key($0.kind, $0.name).lexicographicallyPrecedes(key($1.kind, $1.name)) }
    return sealed(manifest, sections)
  }

  private static func key(_ kind: Kind, _ name: String) -> [UInt8] {
    [UInt8(Kind.allCases.firstIndex(of: kind) ?? 0)] + name.utf8
  }

  private static func sealed(_ manifest: JSONValue, _ sections: [(kind: Kind, name: String, line: [UInt8])]) -> [UInt8]?
  {
    guard let guarding = try? (manifest["guard"] ?? .null).canonicalBytes() else { return nil }
    var entries: [JSONValue] = []
    var policy = Array("latch-policy-v1\n".utf8) + guarding + [0x0A]
    var offset = 0
    for section in sections {
      let digest = SHA256Digest.hex(of: section.line)
      entries.append([
        "kind": .string(section.kind.rawValue), "length": .number("\(section.line.count)"),
        "name": .string(section.name), "offset": .number("\(offset)"), "sha256": .string(digest),
      ])
      offset += section.line.count + 1
      guard section.kind == .upstream || section.kind == .automaton else { continue }
      policy += Array("\(section.kind.rawValue) \(section.name) \(digest)\n".utf8)
    }
    let members: JSONValue = [
      "format": "latch-bundle", "guard": manifest["guard"] ?? .null, "name": manifest["name"] ?? .null,
      "policy": .string(SHA256Digest.prefixed(of: policy)), "sections": .array(entries),
      "serial": manifest["serial"] ?? .null, "version": 1,
    ]
    guard let body = try? members.canonicalBytes() else { return nil }
    let checksum = Array("\(SHA256Digest.hex(of: body))\",".utf8)
    return Array(#"{"checksum":""#.utf8) + checksum + body.dropFirst() + [0x0A] + sections.flatMap { $0.line + [0x0A] }
  }

  private static func renamed(_ line: ArraySlice<UInt8>, _ names: Zip2Sequence<[String], [String]>) -> [UInt8] {
    var text = Array(line)
    for (old, new) in names {
      let (old, new) = (Array("\"\(old)\"".utf8), Array("\"\(new)\"".utf8))
      var start = 0
      while let found = place(of: old, in: text[...], from: start) {
        text.replaceSubrange(found..<found + old.count, with: new)
        start = found + new.count
      }
    }
    return text
  }

  /// The library's own search is not specialised for bytes, and takes most of the time.
  private static func place(of part: [UInt8], in text: ArraySlice<UInt8>, from start: Int) -> Int? {
    var start = start
    while start + part.count <= text.endIndex {
      guard let first = text[start...(text.endIndex - part.count)].firstIndex(of: part[0]) else { return nil }
      if text[first..<first + part.count].elementsEqual(part) { return first }
      start = first + 1
    }
    return nil
  }
}

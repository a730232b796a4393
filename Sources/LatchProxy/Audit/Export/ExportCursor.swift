import LatchJSON

/// How far a destination has got: in each file of the record, the last of its records that was sent.
package struct ExportCursor: Sendable, Equatable {
  /// A record by its number and the SHA-256 of its line.
  package struct Place: Sendable, Equatable {
    package var seq: Int
    package var head: String

    package init(seq: Int, head: String) {
      self.seq = seq
      self.head = head
    }
  }

  package var files: [String: Place] = [:]

  package init() {}

  /// What the file is called in which the cursor for a URL is kept. The URL itself may hold what nobody is to see.
  package static func name(for url: String) -> String { RecordDigest(of: Array(url.utf8)[...]).hexadecimal + ".json" }

  /// nil if it is none of this release's.
  package init?(parsing bytes: [UInt8]) {
    let limits = JSONLimits(bytes: JSONLimits.greatestSize, depth: 8)
    guard let value = try? JSONValue(parsing: bytes, limits: limits), value["version"]?.integer == 1,
      let members = value["files"]?.object
    else { return nil }
    for member in members {
      guard let seq = member.value["seq"]?.integer, seq >= 0, let head = member.value["head"]?.string else {
        return nil
      }
      files[member.name] = Place(seq: seq, head: head)
    }
  }

  /// As it is kept; `destination` is for people.
  package func text(for destination: String) -> String {
    let members = files.sorted { precedes($0.key, $1.key) }.map { name, place in
      JSONValue.Member(name, ["seq": .number(String(place.seq)), "head": .string(place.head)])
    }
    let value: JSONValue = ["version": 1, "to": .string(destination), "files": .object(members)]
    return value.pretty(sorted: false)
  }
}

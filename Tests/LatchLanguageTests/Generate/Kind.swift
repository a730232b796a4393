import LatchJSON
import LatchPolicy
import LatchTestSupport

/// What an argument usually is.
indirect enum Kind: Sendable {
  case path, url, mail, number, text
  case list(Kind)
  case object([(name: String, kind: Kind)])

  var types: [JSONType] {
    switch self {
    case .path, .url, .mail, .text: [.string]
    case .number: [.number]
    case .list: [.array]
    case .object: [.object]
    }
  }

  /// The arguments of every tool in the generated policies.
  static let arguments: [(name: String, kind: Kind)] = [
    ("url", .url), ("path", .path), ("to", .mail), ("count", .number), ("target", .path), ("name", .text),
    ("a.b", .text), ("é", .number), ("tags", .list(.text)), ("files", .list(.path)),
    ("items", .list(.object([("name", .text), ("path", .path), ("count", .number)]))),
    ("options", .object([("mode", .text), ("root", .path), ("depth", .number), ("list", .list(.text))])),
  ]

  /// What conditions ask about.
  static let asked: [(path: [ArgumentPath.Step], kind: Kind)] =
    arguments.flatMap { name, kind in [([.name(name)], kind)] + kind.inner.map { ([.name(name)] + $0, $1) } }
    + [([.name("name"), .name("first")], .text)]

  private var inner: [(path: [ArgumentPath.Step], kind: Kind)] {
    switch self {
    case .list(let element):
      [([.index(0)], element), ([.index(1)], element)] + element.inner.map { ([.index(0)] + $0, $1) }
    case .object(let members):
      members.flatMap { name, kind in [([.name(name)], kind)] + kind.inner.map { ([.name(name)] + $0, $1) } }
    default: []
    }
  }
}

extension Dice {
  /// A value as the argument usually has, now and then another.
  mutating func value(of kind: Kind) -> JSONValue {
    if one(in: 14) { return pick(Pools.odd) }
    switch kind {
    case .path: return .string(pick(one(in: 5) ? Pools.uncleanPaths : Pools.paths))
    case .url: return .string(pick(one(in: 5) ? Pools.uncleanURLs : Pools.urls))
    case .mail: return .string(pick(one(in: 5) ? Pools.uncleanMails : Pools.mails))
    case .number: return .number(pick(one(in: 6) ? Pools.hugeNumbers : Pools.numbers))
    case .text: return .string(pick(Pools.texts))
    case .list(let element): return .array(many(0...3) { $0.value(of: element) })
    case .object(let members): return object(of: members, leavingOut: 3)
    }
  }

  /// An object in which one in so many members is left out.
  mutating func object(of members: [(name: String, kind: Kind)], leavingOut: Int) -> JSONValue {
    var given: [JSONValue.Member] = []
    for (name, kind) in members where !one(in: leavingOut) { given.append(JSONValue.Member(name, value(of: kind))) }
    return .object(given)
  }
}

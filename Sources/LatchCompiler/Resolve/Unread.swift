/// What of a project could not be read whole, so that names may be missing through no fault of their users.
package struct Unread: OptionSet, Sendable {
  package let rawValue: UInt8

  package init(rawValue: UInt8) { self.rawValue = rawValue }

  /// `latch.yaml`, in which alone clients and the settings of the project stand.
  package static let settings = Unread(rawValue: 1)
  /// One of the policy files, or what an include names: upstreams, rules and lists stand in any of them.
  package static let definitions = Unread(rawValue: 2)
  /// `latch.lock`.
  package static let lock = Unread(rawValue: 4)
}

extension StateDatabase {
  /// The leases that hold, of one project or of all, the first to end first.
  package func leases(of project: ProjectKey? = nil, at moment: Moment) throws(StateError) -> [Lease] {
    try read(at: moment) { store, now throws(StateError) in
      try store.connection.leases(now: now).filter { project == nil || $0.scope.project == project }
    }
  }

  /// A lease that covers the call, if there is one that the policy's ways and keys bear out.
  package func lease(covering consent: NeededConsent, at moment: Moment) throws(StateError) -> Lease? {
    try read(at: moment) { store, now throws(StateError) in try store.lease(covering: consent, now: now) }
  }

  /// Ends a lease; false if there is none with that id.
  package func revokeLease(_ id: String, at moment: Moment) throws(StateError) -> Bool {
    try write(.synced, at: moment) { store, _ throws(StateError) in
      try store.connection.run("DELETE FROM leases WHERE id = ?", [.text(id)]) > 0
    }
  }

  /// Ends all leases of a project, or of all; returns how many there were.
  package func revokeLeases(of project: ProjectKey? = nil, at moment: Moment) throws(StateError) -> Int {
    try write(.synced, at: moment) { store, _ throws(StateError) in
      guard let project else { return try store.connection.run("DELETE FROM leases WHERE true") }
      return try store.connection.run("DELETE FROM leases WHERE project = ?", [.blob(project.digest.bytes)])
    }
  }
}

/// The published schemas, embedded from the very files that stand beside this one.
package enum SchemaTexts {
  package static var latch: [UInt8] { PackageResources.latch_schema_json }
  package static var lock: [UInt8] { PackageResources.lock_schema_json }
  package static var bundle: [UInt8] { PackageResources.bundle_schema_json }
  package static var audit: [UInt8] { PackageResources.audit_schema_json }
}

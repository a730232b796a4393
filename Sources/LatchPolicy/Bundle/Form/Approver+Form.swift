import LatchJSON

extension Guard.Approver {
  var form: JSONValue { .object(["name": .string(name), "key": .string(Base64.encoded(publicKey))]) }

  init(_ value: LineValue) throws(BundleError) {
    let fields = try value.fields(["name", "key"])
    guard let key = Base64.decoded(try fields.required("key").text()), key.count == Self.keyLength else {
      throw value.failure("`key` is not the \(Self.keyLength) bytes of a key")
    }
    self.init(name: try fields.string("name"), publicKey: key)
  }
}

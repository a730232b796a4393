import LatchCompiler
import LatchJSON
import LatchPolicy
import Testing

@Suite struct InferClassTests {
  private func inferred(_ name: String, _ annotations: JSONValue? = nil, trust: Bool = false) -> ActionClass {
    var members: [JSONValue.Member] = [.init("name", .string(name))]
    if let annotations { members.append(.init("annotations", annotations)) }
    return inferClass(of: .object(members), trustAnnotations: trust).class
  }

  @Test(
    arguments: [
      ("read_file", .read), ("list_pull_requests", .read), ("getOrderStatus", .read), ("orders.list", .read),
      ("write_file", .write), ("createIssue", .write), ("fs/delete-file", .write), ("search_and_replace", .write),
      ("send_email", .send), ("add_comment", .send), ("addCommentToIssue", .send), ("slack_post_message", .send),
      ("run_command", .execute), ("execute-sql", .execute), ("browser_click", .execute), ("query", .execute),
      ("create_pull_request", .submit), ("merge_pull_request", .submit), ("approve_change", .submit),
      ("pay_invoice", .transferValue), ("create_payment", .transferValue), ("list_and_pay", .transferValue),
      ("check_out_cart", .transferValue), ("refundPayment", .transferValue), ("create_orders", .transferValue),
    ] as [(String, ActionClass)])
  func `the strictest word of the name speaks`(name: String, expected: ActionClass) {
    #expect(inferred(name) == expected)
  }

  @Test(arguments: [
    "frobnicate", "", "_", "description", "gettysburg", "g\u{435}t_file", "runAnd", "reuse_and_get", "éread",
  ])
  func `a name without a known word is of class execute`(name: String) {
    #expect(inferred(name) == .execute)
  }

  @Test func `words are whole words`() {
    #expect(inferred("get_description") == .read)
    #expect(inferred("list_paystubs") == .read)
    #expect(inferred("runSEOAudit") == .execute)
    #expect(inferred("HTTPGet") == .read)
  }

  @Test func `annotations raise, and lower only where they are trusted`() {
    #expect(inferred("get_x", ["readOnlyHint": false]) == .write)
    #expect(inferred("get_x", ["destructiveHint": true]) == .write)
    #expect(inferred("pay", ["destructiveHint": true]) == .transferValue)
    #expect(inferred("delete_x", ["readOnlyHint": true]) == .write)
    #expect(inferred("frobnicate", ["readOnlyHint": true]) == .execute)
    #expect(inferred("delete_x", ["readOnlyHint": true], trust: true) == .read)
    #expect(inferred("get_x", ["readOnlyHint": false], trust: true) == .write)
  }

  /// The hostile or changed server.
  @Test func `annotations that contradict themselves or have another form lower nothing`() {
    #expect(inferred("delete_x", ["readOnlyHint": true, "destructiveHint": true], trust: true) == .write)
    #expect(inferred("delete_x", ["readOnlyHint": "true"], trust: true) == .write)
    #expect(inferred("delete_x", ["readOnlyHint": 1], trust: true) == .write)
    #expect(inferred("delete_x", [["readOnlyHint": true]], trust: true) == .write)
    #expect(inferred("delete_x", .null, trust: true) == .write)
    #expect(inferClass(of: "x", trustAnnotations: true).class == .execute)
  }

  @Test func `the reason names the word`() {
    #expect(inferClass(of: ["name": "create_payments"], trustAnnotations: false).reason == "`payments` in the name")
    #expect(inferClass(of: ["name": "xyz"], trustAnnotations: false).reason == "no known word in the name")
  }
}

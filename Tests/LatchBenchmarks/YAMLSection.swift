import CLibYAML
import LatchSource

extension Section {
  /// Reading a policy into a tree with all checks, beside libyaml's own events with nothing done about them.
  static let yaml = Section.ofRows("yaml") {
    Text.all.flatMap { rows(for: $0) }
  }

  private static func rows(for text: Text) -> [Row] {
    let source = Source(path: "latch.yaml", bytes: text.bytes)
    let events = Row.measure("\(text.name): libyaml's events", bytes: text.bytes.count) {
      keep(countEvents(text.bytes))
    }
    let tree = Row.measure("\(text.name): read", bytes: text.bytes.count, against: events) {
      keep(read(Source(path: "latch.yaml", bytes: text.bytes)).found.count)
    }
    let found = read(source).found.count
    return [
      events,
      Row(what: "\(tree.what), \(found) found", bytes: tree.bytes, seconds: tree.seconds, baseline: tree.baseline),
    ]
  }

  /// The least that reading by libyaml can cost.
  private static func countEvents(_ bytes: [UInt8]) -> Int {
    var parser = unsafe yaml_parser_t()
    unsafe yaml_parser_initialize(&parser)
    defer { unsafe yaml_parser_delete(&parser) }
    return unsafe bytes.withUnsafeBufferPointer { buffer in
      unsafe yaml_parser_set_input_string(&parser, buffer.baseAddress, buffer.count)
      var event = unsafe yaml_event_t()
      var count = 0
      while unsafe yaml_parser_parse(&parser, &event) == 1 {
        let type = unsafe event.type
        unsafe yaml_event_delete(&event)
        count += 1
        if type == YAML_STREAM_END_EVENT { break }
      }
      return count
    }
  }

  /// What is measured: policies, and a map of very many keys.
  private struct Text: Sendable {
    var name: String
    var bytes: [UInt8]

    static let all = [
      Text(name: "100,000 lines", bytes: policy(rules: 16_666)),
      Text(name: "100,000 lines, not ASCII", bytes: policy(rules: 16_666, reason: "außerhalb – 漢字")),
      Text(name: "60 lines", bytes: policy(rules: 10)),
      Text(name: "100,000 keys", bytes: (0..<100_000).flatMap { Array("key-\($0): value\n".utf8) }),
    ]

    private static func policy(rules: Int, reason: String = "not outside") -> [UInt8] {
      var text = "version: 1\nname: demo\nrules:\n"
      for index in 0..<rules {
        text += """
            - id: rule-\(index)
              effect: allow
              tool: [read_file, "write_file", list_directory]
              when: { path: { within: "${project}/data" } }
              # \(index)
              reason: \(reason)

          """
      }
      return Array(text.utf8)
    }
  }
}

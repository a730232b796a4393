import LatchPolicy

/// What words of a tool's name say of its class (language.md §3).
///
/// General English words only, never one server's: the table decides about tools that nobody has seen yet.
enum ClassWords {
  /// What a tool does. These speak wherever they stand.
  static let actions = table([
    .read: """
    aggregate analyse analyze browse calculate check classify compare compute count crawl decode describe detect diff \
    discover enumerate estimate explain explore extract fetch filter find forecast geocode get grep help identify \
    inspect lint list lookup ls measure monitor parse peek ping predict preview read recommend research retrieve \
    sample scrape search see show suggest summarize think translate validate view watch whois
    """,
    .write: """
    activate add append archive assign attach bookmark cleanup clear clone commit complete configure connect convert \
    copy create deactivate decrement delete destroy detach disable disconnect dismiss download drop edit enable \
    enhance erase export fill fix flush follow fork generate import increment ingest init initialize insert link lock \
    make manage mark mkdir modify move mute optimize overwrite patch pause pin prepend prioritize provision prune \
    purge push put redo refresh regenerate remove rename render reopen reorder replace reschedule reset resize restore \
    resume revert revoke rollback rotate save scale schedule seed set setup star store switch sync toggle transform \
    trash truncate unarchive unassign unbookmark undo unfollow uninstall unlink unlock unmark unmute unpin unpublish \
    unschedule unstar untag update upload upscale upsert wipe write crop draw
    """,
    .send: "announce ask broadcast invite notify reply retweet send speak tweet",
    .execute: """
    apply bash build click compile debug drag eval evaluate exec execute exploit hangup hover inject install invoke \
    kill kubectl launch migrate navigate powershell press reboot reprocess restart rollout run scroll shell spawn ssh \
    start stop sudo tap terminate test trigger upgrade
    """,
    .submit: """
    accept approve authorize certify checkin confirm decline enroll finalize promote publish register reject reserve \
    signoff signup submit withdraw
    """,
    .transferValue: """
    airdrop borrow buy charge deposit donate invest lend liquidate mint pay purchase redeem refund remit repay sell \
    stake swap trade transfer unstake
    """,
  ])

  /// What a tool does it to. These speak, also in the plural, unless the first action before or after them only looks:
  /// `create_payment` moves money, `get_payment` does not.
  static let things = table([
    .read: "details health history info metadata screenshot statistics stats status usage",
    .write: "backup index label pull snapshot tag",
    .send: "chat comment dm email invitation mail message newsletter notification post reaction share sms webhook",
    .execute: """
    api browser call cli cmd code command console cron graphql http job macro python query rpc script shortcut sql \
    terminal
    """,
    .submit: "book booking contract deploy merge proposal release request reservation review sign vote",
    .transferValue: """
    allowance bet bid billing cart checkout credit donation escrow invoice loan order payment payout payroll quote \
    subscription tip transaction withdrawal
    """,
  ])

  /// Words that begin a new part of a name, with an action of its own.
  static let joints: Set<String> = ["and", "or", "then"]

  /// Words that make one word with the one before them, where the tables know it: `check_out` is `checkout`.
  static let particles: Set<String> = ["in", "off", "out", "up"]

  private static func table(_ lines: [ActionClass: String]) -> [String: ActionClass] {
    Dictionary(lines.flatMap { actionClass, words in words.split(separator: " ").map { (String($0), actionClass) } }) {
      max($0, $1)
    }
  }
}

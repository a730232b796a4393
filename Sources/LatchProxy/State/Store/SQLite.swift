import CSQLite

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

// All that is unsafe about SQLite is in this file: its handles, and the memory that it lends.

/// A value as it is bound. Nothing that was not written into the program ever reaches the text of a statement: that is a
/// `StaticString` everywhere.
package enum SQLiteValue: Sendable, Equatable {
  case null
  case integer(Int)
  case text(String)
  case blob([UInt8])
}

/// One connection to one file, for one caller at a time.
@safe package struct SQLiteConnection: ~Copyable {
  private let handle: OpaquePointer
  /// Statements are compiled once; the key is where their text lies in the program.
  private var prepared: [UInt: OpaquePointer] = unsafe [:]

  /// Opens a file that is there already, to read and to write.
  package init(opening path: String) throws(StateError) { unsafe handle = try open(path) }

  deinit {
    unsafe prepared.values.forEach { unsafe sqlite3_finalize($0) }
    unsafe sqlite3_close_v2(handle)
  }

  /// Rows that statements of this connection have changed since it was opened.
  package var totalChanges: Int { unsafe Int(sqlite3_total_changes(handle)) }

  /// Lets others get on, where SQLite itself does not wait.
  func pause() { usleep(2000) }

  /// Whether a transaction is open.
  package var isInTransaction: Bool { unsafe sqlite3_get_autocommit(handle) == 0 }

  /// Runs statements that are not worth keeping, such as those of the schema.
  package func execute(_ script: StaticString) throws(StateError) {
    let code = script.withUTF8Buffer { unsafe sqlite3_exec(handle, $0.baseAddress, nil, nil, nil) }
    guard code == SQLITE_OK else { throw failure(code) }
  }

  /// Runs one statement to its end; returns how many rows it changed.
  @discardableResult
  package mutating func run(_ sql: StaticString, _ values: [SQLiteValue] = []) throws(StateError) -> Int {
    let before = totalChanges
    let statement = try statement(sql, values)
    while try statement.step() {}
    return totalChanges - before
  }

  /// Every row of the answer, as `read` reads it. The connection cannot be used meanwhile.
  package mutating func rows<Row>(
    _ sql: StaticString, _ values: [SQLiteValue] = [],
    _ read: (borrowing SQLiteStatement) throws(StateError) -> Row
  ) throws(StateError) -> [Row] {
    let statement = try statement(sql, values)
    var rows: [Row] = []
    while try statement.step() { rows.append(try read(statement)) }
    return rows
  }

  /// The first row of the answer, if there is one.
  package mutating func first<Row>(
    _ sql: StaticString, _ values: [SQLiteValue] = [],
    _ read: (borrowing SQLiteStatement) throws(StateError) -> Row
  ) throws(StateError) -> Row? {
    let statement = try statement(sql, values)
    return try statement.step() ? try read(statement) : nil
  }

  private mutating func statement(
    _ sql: StaticString, _ values: [SQLiteValue]
  ) throws(StateError) -> SQLiteStatement {
    let key = unsafe UInt(bitPattern: sql.utf8Start)
    if unsafe prepared[key] == nil { unsafe prepared[key] = try prepare(sql) }
    guard let handle = unsafe prepared[key] else { preconditionFailure("it was just put there") }
    let statement = unsafe SQLiteStatement(handle)
    for (index, value) in values.enumerated() { try statement.bind(value, at: Int32(index + 1)) }
    return statement
  }

  private func prepare(_ sql: StaticString) throws(StateError) -> OpaquePointer {
    var statement: OpaquePointer?
    let code = sql.withUTF8Buffer {
      unsafe sqlite3_prepare_v3(
        handle, $0.baseAddress, Int32($0.count), UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil)
    }
    guard code == SQLITE_OK, let statement = unsafe statement else { throw failure(code) }
    return unsafe statement
  }

  private func failure(_ code: Int32) -> StateError { unsafe stateError(of: handle, code) }
}

/// A statement while it runs; afterwards it goes back, without its values, to the connection that keeps it.
@safe package struct SQLiteStatement: ~Copyable {
  private let handle: OpaquePointer

  fileprivate init(_ handle: OpaquePointer) { unsafe self.handle = handle }

  deinit {
    unsafe sqlite3_reset(handle)
    unsafe sqlite3_clear_bindings(handle)
  }

  fileprivate func bind(_ value: SQLiteValue, at index: Int32) throws(StateError) {
    let code =
      switch value {
      case .null: unsafe sqlite3_bind_null(handle, index)
      case .integer(let number): unsafe sqlite3_bind_int64(handle, index, Int64(number))
      case .text(let text): bind(text, at: index)
      case .blob(let bytes):
        unsafe bytes.withUnsafeBytes {
          unsafe latch_sqlite_bind_blob(handle, index, $0.baseAddress, UInt64($0.count))
        }
      }
    guard code == SQLITE_OK else { throw failure(code) }
  }

  private func bind(_ text: String, at index: Int32) -> Int32 {
    var text = text
    return text.withUTF8 { unsafe latch_sqlite_bind_text(handle, index, $0.baseAddress, UInt64($0.count)) }
  }

  /// Goes to the next row; false if there is none.
  fileprivate func step() throws(StateError) -> Bool {
    switch unsafe sqlite3_step(handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    case let code: throw failure(code)
    }
  }

  package func isNull(_ column: Int32) -> Bool { unsafe sqlite3_column_type(handle, column) == SQLITE_NULL }

  package func integer(_ column: Int32) throws(StateError) -> Int {
    try require(SQLITE_INTEGER, column)
    return unsafe Int(sqlite3_column_int64(handle, column))
  }

  package func text(_ column: Int32) throws(StateError) -> String {
    try require(SQLITE_TEXT, column)
    guard let start = unsafe sqlite3_column_text(handle, column) else { return "" }
    let count = unsafe Int(sqlite3_column_bytes(handle, column))
    let bytes = unsafe UnsafeBufferPointer(start: start, count: count)
    guard let text = unsafe String(validating: bytes, as: UTF8.self) else {
      throw .corrupt("a text is not UTF-8")
    }
    return text
  }

  package func blob(_ column: Int32) throws(StateError) -> [UInt8] {
    try require(SQLITE_BLOB, column)
    guard let start = unsafe sqlite3_column_blob(handle, column) else { return [] }
    let count = unsafe Int(sqlite3_column_bytes(handle, column))
    return unsafe Array(UnsafeRawBufferPointer(start: start, count: count))
  }

  /// SQLite would turn one type into another; a column of a type that we never wrote is a sign of damage.
  private func require(_ type: Int32, _ column: Int32) throws(StateError) {
    guard unsafe sqlite3_column_type(handle, column) == type else { throw .corrupt("a value has the wrong type") }
  }

  private func failure(_ code: Int32) -> StateError { unsafe stateError(of: sqlite3_db_handle(handle), code) }
}

/// A handle that reads only what we mean: no file through a link, no code or view that a file brings along.
private func open(_ path: String) throws(StateError) -> OpaquePointer {
  var opened: OpaquePointer?
  let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_EXRESCODE
  var code = unsafe sqlite3_open_v2(path, &opened, flags, nil)
  guard let handle = unsafe opened else { throw .failed(code: code, message: "out of memory") }
  let options: [(Int32, Int32)] = [
    (SQLITE_DBCONFIG_DEFENSIVE, 1), (SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0), (SQLITE_DBCONFIG_ENABLE_TRIGGER, 0),
    (SQLITE_DBCONFIG_ENABLE_VIEW, 0), (SQLITE_DBCONFIG_DQS_DML, 0), (SQLITE_DBCONFIG_DQS_DDL, 0),
  ]
  for (option, on) in options where code == SQLITE_OK { code = unsafe latch_sqlite_switch(handle, option, on) }
  if code == SQLITE_OK { code = unsafe sqlite3_busy_handler(handle, waitForOthers, nil) }
  let isReadOnly = unsafe code == SQLITE_OK && sqlite3_db_readonly(handle, "main") != 0
  guard code == SQLITE_OK, !isReadOnly else {
    let error = unsafe isReadOnly ? .readOnly : stateError(of: handle, code)
    unsafe sqlite3_close_v2(handle)
    throw error
  }
  return unsafe handle
}

/// What SQLite does while another holds the lock: short sleeps, about a second in all, then it gives up.
///
/// Its own handler sleeps up to 100 ms at a time, so that of many who want a lock held for microseconds some starve.
private func waitForOthers(_: UnsafeMutableRawPointer?, _ tries: Int32) -> Int32 {
  guard tries < 900 else { return 0 }
  usleep(tries < 20 ? 100 : 1000)
  return 1
}

/// What went wrong, in our terms.
private func stateError(of handle: OpaquePointer?, _ code: Int32) -> StateError {
  let cause = unsafe sqlite3_system_errno(handle)
  switch (code & 0xFF, cause) {
  case (SQLITE_BUSY, _), (SQLITE_LOCKED, _): return .locked
  case (SQLITE_FULL, _), (SQLITE_IOERR, ENOSPC), (SQLITE_IOERR, EDQUOT), (SQLITE_CANTOPEN, ENOSPC): return .full
  case (SQLITE_READONLY, _), (SQLITE_PERM, _), (SQLITE_CANTOPEN, EROFS), (SQLITE_CANTOPEN, EACCES): return .readOnly
  case (SQLITE_CORRUPT, _), (SQLITE_NOTADB, _): return .corrupt(unsafe message(of: handle))
  default: return .failed(code: code, message: unsafe message(of: handle))
  }
}

private func message(of handle: OpaquePointer?) -> String {
  guard let text = unsafe sqlite3_errmsg(handle) else { return "no message" }
  return unsafe String(cString: text)
}

/// What a text may cost; `language.md` §1 fixes the numbers.
package struct YAMLLimits: Sendable {
  package var bytes = 16 * 1024 * 1024
  package var depth = 64
  /// How many nodes aliases may add, all together.
  package var aliasedNodes = 10_000

  package init() {}
}

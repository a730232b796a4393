/// A piece of a glob over segments.
indirect enum GlobItem: Sendable {
  case slash
  /// One scalar, never a slash.
  case scalar(ScalarSet)
  /// `*`: any text without a slash.
  case star
  /// `**`: any number of whole segments; where it stands, in scalars.
  case segments(Int)
  case choice([[GlobItem]])
}

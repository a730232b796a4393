/// SHA-256 (FIPS 180-4) under the name that swift-crypto gives it.
///
/// A stand-in, for the fuzz targets alone: swift-crypto compiles a whole BoringSSL, which takes longer than the rest of
/// their package and is not what they are about. A bundle among the inputs, sealed by the real one, shows that the two
/// agree.
package struct SHA256: Sendable {
  package typealias Digest = SHA256Digest

  private static let constants = roots(cube: true, count: 64)
  private var state = Self.roots(cube: false, count: 8)
  private var pending: [UInt8] = []
  private var count = 0

  package init() {}

  package mutating func update(bufferPointer: UnsafeRawBufferPointer) { unsafe update(data: Array(bufferPointer)) }

  package mutating func update(data: [UInt8]) {
    count += data.count
    pending += data
    let whole = pending.count - pending.count % 64
    for start in stride(from: 0, to: whole, by: 64) { add(pending[start..<start + 64]) }
    pending.removeFirst(whole)
  }

  package consuming func finalize() -> Digest {
    let bits = UInt64(count) * 8
    let padding = [UInt8](repeating: 0, count: (119 - count % 64) % 64)
    update(data: [0x80] + padding + (0..<8).map { UInt8(truncatingIfNeeded: bits >> (56 - 8 * $0)) })
    return SHA256Digest(
      bytes: state.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> (24 - 8 * $0)) } })
  }

  private mutating func add(_ block: ArraySlice<UInt8>) {
    var words = InlineArray<64, UInt32>(repeating: 0)
    for (index, byte) in block.enumerated() { words[index / 4] = words[index / 4] << 8 | UInt32(byte) }
    for index in 16..<64 {
      let (first, second) = (words[index - 15], words[index - 2])
      let early = turned(first, 7) ^ turned(first, 18) ^ first >> 3
      let late = turned(second, 17) ^ turned(second, 19) ^ second >> 10
      words[index] = words[index - 16] &+ early &+ words[index - 7] &+ late
    }
    var (a, b, c, d) = (state[0], state[1], state[2], state[3])
    var (e, f, g, h) = (state[4], state[5], state[6], state[7])
    for index in 0..<64 {
      let high = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)
      let sum = h &+ high &+ (e & f ^ ~e & g) &+ Self.constants[index] &+ words[index]
      let low = turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)
      let majority = a & b ^ a & c ^ b & c
      (h, g, f, e, d, c, b, a) = (g, f, e, d &+ sum, c, b, a, sum &+ low &+ majority)
    }
    for (index, part) in [a, b, c, d, e, f, g, h].enumerated() { state[index] &+= part }
  }

  /// The first 32 bits of the fractions of the roots of the first primes.
  private static func roots(cube: Bool, count: Int) -> [UInt32] {
    let primes = (2...).lazy.filter { number in !(2..<number).contains { number % $0 == 0 } }.prefix(count)
    return primes.map { prime in
      // The greatest root with 32 bits behind the point whose power is not above the prime.
      var root: UInt128 = 0
      for bit in (0..<37).reversed() {
        let next = root | 1 << UInt128(bit)
        let isFit = cube ? next * next * next <= UInt128(prime) << 96 : next * next <= UInt128(prime) << 64
        if isFit { root = next }
      }
      return UInt32(truncatingIfNeeded: root)
    }
  }
}

/// The hash.
package struct SHA256Digest: Sendable, Sequence {
  fileprivate let bytes: [UInt8]

  package func makeIterator() -> [UInt8].Iterator { bytes.makeIterator() }

  package func withUnsafeBytes<Value>(_ body: (UnsafeRawBufferPointer) throws -> Value) rethrows -> Value {
    unsafe try bytes.withUnsafeBytes(body)
  }
}

private func turned(_ word: UInt32, _ places: UInt32) -> UInt32 { word >> places | word << (32 - places) }

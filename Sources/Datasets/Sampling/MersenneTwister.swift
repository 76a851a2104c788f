/// MT19937 (Matsumoto, Nishimura 1998), seeded as NumPy's legacy generator is.
struct MersenneTwister: Sendable {
    private var state: [UInt32]
    private var position = Self.size
    private static let size = 624

    /// The reference implementation's `init_genrand`.
    init(seed: UInt32) {
        state = [seed]
        for index in 1..<UInt32(Self.size) {
            let last = state[state.count - 1]
            state.append(1_812_433_253 &* (last ^ last >> 30) &+ index)
        }
    }

    /// The reference implementation's `init_by_array`, for a key that is not empty.
    init(key: [UInt32]) {
        precondition(!key.isEmpty, "a key has at least one word")
        self.init(seed: 19_650_218)
        var i = 1
        var j = 0
        for _ in 0..<max(Self.size, key.count) {
            state[i] = (state[i] ^ twisted(i) &* 1_664_525) &+ key[j] &+ UInt32(j)
            i = advanced(i)
            j = (j + 1) % key.count
        }
        for _ in 1..<Self.size {
            state[i] = (state[i] ^ twisted(i) &* 1_566_083_941) &- UInt32(i)
            i = advanced(i)
        }
        state[0] = 0x8000_0000
    }

    /// The next 32 bits.
    mutating func next() -> UInt32 {
        if position == Self.size { refill() }
        var y = state[position]
        position += 1
        y ^= y >> 11
        y ^= y << 7 & 0x9D2C_5680
        y ^= y << 15 & 0xEFC6_0000
        return y ^ y >> 18
    }

    private func twisted(_ i: Int) -> UInt32 { state[i - 1] ^ state[i - 1] >> 30 }

    private mutating func advanced(_ i: Int) -> Int {
        guard i + 1 == Self.size else { return i + 1 }
        state[0] = state[Self.size - 1]
        return 1
    }

    private mutating func refill() {
        for index in 0..<Self.size {
            let y = state[index] & 0x8000_0000 | state[(index + 1) % Self.size] & 0x7FFF_FFFF
            let shifted = y >> 1 ^ (y & 1 == 0 ? 0 : 0x9908_B0DF)
            state[index] = state[(index + 397) % Self.size] ^ shifted
        }
        position = 0
    }
}

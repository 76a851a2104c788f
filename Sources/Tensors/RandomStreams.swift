/// Independent random streams of one seed, each named by its purpose.
///
/// A draw added to one stream shifts no number of another.
package struct RandomStreams: Sendable, Equatable {
    package let seed: UInt64

    package init(seed: UInt64) {
        self.seed = seed
    }

    /// The stream of `name`, at its beginning.
    package subscript(name: String) -> Generator {
        // FNV-1a over the name, then two rounds of SplitMix64 to mix in the seed.
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in name.utf8 {
            hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
        }
        return Generator(seed: Self.mixed(hash ^ Self.mixed(seed)))
    }

    /// The finaliser of SplitMix64 (Steele, Lea, Flood 2014).
    private static func mixed(_ value: UInt64) -> UInt64 {
        var mixed = value &+ 0x9e37_79b9_7f4a_7c15
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}

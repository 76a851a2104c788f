import CTorch

/// A stream of random numbers: Philox 4×32-10 with a key and a position.
///
/// Numbers are drawn on the CPU and then moved, so that CPU and GPU agree. The position is a
/// value that a checkpoint can keep.
///
/// Salmon et al. 2011, "Parallel Random Numbers: As Easy as 1, 2, 3".
package struct Generator: Sendable, Equatable, RandomNumberGenerator {
    package let seed: UInt64
    /// The number of 64-bit words drawn so far.
    package private(set) var position: UInt64

    package init(seed: UInt64, position: UInt64 = 0) {
        self.seed = seed
        self.position = position
    }

    /// The next 64 random bits.
    package mutating func next() -> UInt64 {
        var word: UInt64 = 0
        let message = ct_random_words(seed, position, &word, 1)
        precondition(message == nil, "drawing one word cannot fail")
        position += 1
        return word
    }

    /// Numbers uniform in [0, 1).
    ///
    /// - Throws: `TorchError` when memory is short.
    package mutating func uniform(
        _ shape: [Int], _ type: DataType = .float32, on device: Device = .cpu
    ) throws(TorchError) -> Tensor {
        let start = position
        let numbers = try tensor("uniform") {
            ct_random_uniform(seed, start, type.code, dimensions(shape), shape.count, $0)
        }
        position += UInt64(numbers.count)
        return try numbers.moved(to: device)
    }

    /// Numbers with the standard normal distribution.
    ///
    /// - Throws: `TorchError` when memory is short.
    package mutating func normal(
        _ shape: [Int], _ type: DataType = .float32, on device: Device = .cpu
    ) throws(TorchError) -> Tensor {
        let start = position
        let numbers = try tensor("normal") {
            ct_random_normal(seed, start, type.code, dimensions(shape), shape.count, $0)
        }
        position += 2 * UInt64(numbers.count)
        return try numbers.moved(to: device)
    }

    /// The numbers 0 ..< `count` in random order (Fisher and Yates).
    package mutating func permutation(_ count: Int) -> [Int] {
        Array(0..<count).shuffled(using: &self)
    }
}

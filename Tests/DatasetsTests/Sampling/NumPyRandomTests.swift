import Datasets
import Foundation
import TestSupport
import Testing

/// What NumPy's legacy generator draws, each entry from a fresh generator.
@Suite struct NumPyRandomTests {
    struct Reference: Decodable {
        let streams: [Stream]
        let arraySeed: ArraySeed
        let choice10000: [Int]
        let choice3000: [Int]

        enum CodingKeys: String, CodingKey {
            case streams
            case arraySeed = "array_seed"
            case choice10000 = "seed0_choice_10000_1000_False"
            case choice3000 = "seed0_choice_3000_100_False"
        }
    }

    struct ArraySeed: Decodable {
        let seed: [UInt32]
        let uint32: [UInt32]
    }

    struct Stream: Decodable {
        let seed: UInt64
        let uint32: [UInt32]
        let rand5: [Double]
        let randn5: [Double]
        let choiceWithout: [Int]
        let choiceWith: [Int]
        let normal: [Double]
        let permutation1: [Int]
        let permutation2: [Int]
        let permutation10: [Int]
        let permutation37: [Int]
        let randintNegative: [Int]
        let randint10: [Int]
        let randintBytes: [UInt8]
        let randintWide: [Int]
        let randnInThreeCalls: [Double]
        let randn1001: Double
        let sample1001: Double
        let shuffle12: [Int]
        let uniform: [Double]

        enum CodingKeys: String, CodingKey {
            case seed, uint32, rand5, randn5
            case choiceWithout = "choice_50_7_False"
            case choiceWith = "choice_50_7_True"
            case normal = "normal_5_2_x4"
            case permutation1 = "permutation_1"
            case permutation2 = "permutation_2"
            case permutation10 = "permutation_10"
            case permutation37 = "permutation_37"
            case randintNegative = "randint_-5_1000003_x8"
            case randint10 = "randint_0_10_x12"
            case randintBytes = "randint_0_256_uint8_x12"
            case randintWide = "randint_0_2pow40_x5"
            case randnInThreeCalls = "randn3_then_rand2_then_randn2"
            case randn1001 = "randn_1001st"
            case sample1001 = "random_sample_1001st"
            case shuffle12 = "shuffle_12"
            case uniform = "uniform_-1_3_x4"
        }
    }

    private let reference: Reference

    init() throws {
        reference = try Golden.decoded("numerics/rng_numpy_legacy.json")
    }

    /// The first `count` results of `draw`, from a fresh generator of the stream's seed.
    private func draws<Value>(
        _ stream: Stream, _ count: Int, _ draw: (inout NumPyRandom) -> Value
    ) -> [Value] {
        var random = NumPyRandom(seed: stream.seed)
        return (0..<count).map { _ in draw(&random) }
    }

    @Test func `integers agree`() {
        for stream in reference.streams {
            #expect(draws(stream, 8) { $0.nextUInt32() } == stream.uint32)
            #expect(draws(stream, 12) { $0.randint(0..<10) } == stream.randint10)
            #expect(draws(stream, 8) { $0.randint(-5..<1_000_003) } == stream.randintNegative)
            #expect(draws(stream, 5) { $0.randint(0..<1 << 40) } == stream.randintWide)
            var random = NumPyRandom(seed: stream.seed)
            let bytes = random.randint(0...255, count: 12)
            #expect(bytes == stream.randintBytes)
        }
    }

    @Test func `uniform numbers agree to the bit`() {
        for stream in reference.streams {
            #expect(draws(stream, 5) { $0.randomSample() } == stream.rand5)
            #expect(draws(stream, 4) { -1 + 4 * $0.randomSample() } == stream.uniform)
            #expect(draws(stream, 1001) { $0.randomSample() }.last == stream.sample1001)
        }
    }

    @Test func `Gaussian numbers agree, the spare one of a pair included`() {
        for stream in reference.streams {
            expectClose(draws(stream, 5) { $0.randn() }, stream.randn5)
            expectClose(draws(stream, 4) { 5 + 2 * $0.randn() }, stream.normal)
            expectClose(draws(stream, 1001) { $0.randn() }.suffix(1), [stream.randn1001])
            var random = NumPyRandom(seed: stream.seed)
            var mixed = (0..<3).map { _ in random.randn() }
            mixed += (0..<2).map { _ in random.randomSample() }
            mixed += (0..<2).map { _ in random.randn() }
            expectClose(mixed, stream.randnInThreeCalls)
        }
    }

    @Test func `choices and permutations agree`() {
        for stream in reference.streams {
            func fresh<Value>(_ draw: (inout NumPyRandom) -> Value) -> Value {
                var random = NumPyRandom(seed: stream.seed)
                return draw(&random)
            }
            #expect(fresh { $0.choiceWithoutReplacement(50, size: 7) } == stream.choiceWithout)
            #expect(fresh { $0.choiceWithReplacement(50, size: 7) } == stream.choiceWith)
            #expect(fresh { $0.permutation(1) } == stream.permutation1)
            #expect(fresh { $0.permutation(2) } == stream.permutation2)
            #expect(fresh { $0.permutation(10) } == stream.permutation10)
            #expect(fresh { $0.permutation(37) } == stream.permutation37)
            var numbers = Array(0..<12)
            fresh { $0.shuffle(&numbers) }
            #expect(numbers == stream.shuffle12)
        }
    }

    @Test func `the pictures of published experiments are chosen`() {
        var random = NumPyRandom(seed: 0)
        #expect(random.choiceWithoutReplacement(10_000, size: 1000) == reference.choice10000)
        random = NumPyRandom(seed: 0)
        #expect(random.choiceWithoutReplacement(3000, size: 100) == reference.choice3000)
    }

    @Test func `a seed of several words agrees`() {
        var random = NumPyRandom(key: reference.arraySeed.seed)
        #expect((0..<6).map { _ in random.nextUInt32() } == reference.arraySeed.uint32)
    }

    @Test func `a seed beyond 32 bits is the array of its halves`() {
        var wide = NumPyRandom(seed: 7 << 32 | 5)
        var array = NumPyRandom(key: [5, 7])
        #expect((0..<4).map { _ in wide.nextUInt32() } == (0..<4).map { _ in array.nextUInt32() })
    }

    /// Equal but for the last bit of a logarithm and a root.
    private func expectClose(
        _ found: some Collection<Double>, _ expected: [Double],
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(found.count == expected.count, sourceLocation: sourceLocation)
        for (a, b) in zip(found, expected) {
            #expect(abs(a - b) <= 4 * b.ulp, sourceLocation: sourceLocation)
        }
    }
}

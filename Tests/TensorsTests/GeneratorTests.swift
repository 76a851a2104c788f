import TensorSupport
import Tensors
import Testing

@Suite(.timeLimit(.minutes(20))) struct GeneratorTests {
    @Test func `words are those of Philox 4x32-10`() {
        // Random123, kat_vectors: key 0, counter 0.
        var generator = Generator(seed: 0)
        #expect(generator.next() == 0xe169_c58d_6627_e8d5)
        #expect(generator.next() == 0x9b00_dbd8_bc57_ac4c)
    }

    @Test(arguments: [DataType.float32, .float64])
    func `numbers do not depend on how draws are grouped`(_ type: DataType) throws {
        var whole = Generator(seed: 7)
        var parts = Generator(seed: 7)
        let uniform = try whole.uniform([5], type)
        let uniforms = try [parts.uniform([3], type), parts.uniform([2], type)]
        try expectClose(.concatenated(uniforms, along: 0), uniform, tolerance: .exact)
        let normal = try whole.normal([5], type)
        let normals = try [parts.normal([3], type), parts.normal([1, 2], type).reshaped(to: [2])]
        try expectClose(.concatenated(normals, along: 0), normal, tolerance: .exact)
        #expect(whole == parts)
    }

    @Test func `threads that share a draw give the numbers that one would`() throws {
        func numbers(_ pieces: [Int], _ isNormal: Bool) throws -> [Double] {
            var generator = Generator(seed: 5, position: 3)
            return try pieces.flatMap { count in
                try isNormal
                    ? generator.normal([count]).doubles() : generator.uniform([count]).doubles()
            }
        }
        for isNormal in [false, true] {
            let pieces = try numbers(Array(repeating: 10_000, count: 5) + [1], isNormal)
            #expect(try numbers([50_001], isNormal) == pieces)
        }
    }

    @Test func `the position counts words and brings a stream back`() throws {
        var generator = Generator(seed: 3)
        _ = generator.next()
        _ = try generator.uniform([2, 3])
        #expect(generator.position == 7)
        _ = try generator.normal([4])
        #expect(generator.position == 15)
        var later = Generator(seed: 3, position: 15)
        #expect(generator.next() == later.next())
        #expect(try generator.normal([3]).floats() == later.normal([3]).floats())
    }

    @Test func `single words and tensors are one stream`() throws {
        var words = Generator(seed: 11)
        var tensors = Generator(seed: 11)
        let expected = (0..<9).map { _ in Double(words.next() >> 11) * 0x1p-53 }
        #expect(try tensors.uniform([9], .float64).doubles() == expected)
    }

    @Test(arguments: [DataType.float32, .float64])
    func `uniform numbers are in the unit interval, without 1`(_ type: DataType) throws {
        var generator = Generator(seed: 1)
        let count = 400_000
        let x = try generator.uniform([count], type)
        #expect(try x.smallest().item() >= 0)
        #expect(try x.largest().item() < 1)
        #expect(try x.largest().item() > 0.9999)
        // Five standard errors.
        let error = 5 / Double(count).squareRoot()
        try expectClose(
            x.converted(to: .float64).mean().item(), 0.5,
            tolerance: Tolerance(absolute: error * (1 / 12.0).squareRoot()))
        try expectClose(
            (x.converted(to: .float64) - 0.5).square().mean().item(), 1 / 12.0,
            tolerance: Tolerance(absolute: error * (1 / 180.0).squareRoot()))
    }

    @Test(arguments: [DataType.float32, .float64])
    func `normal numbers have the moments they should`(_ type: DataType) throws {
        var generator = Generator(seed: 2)
        let count = 400_000
        let x = try generator.normal([count], type).converted(to: .float64)
        #expect(try x.isAllFinite())
        let error = 5 / Double(count).squareRoot()
        // The moments 1 to 4, with the variance of each estimate.
        for (power, moment, variance) in [(1.0, 0.0, 1.0), (2, 1, 2), (3, 0, 15), (4, 3, 96)] {
            try expectClose(
                x.power(power).mean().item(), moment,
                tolerance: Tolerance(absolute: error * variance.squareRoot()))
        }
        // The distribution, at a few points.
        for (threshold, expected) in [(-1.0, 0.158655), (0, 0.5), (1, 0.841345), (2, 0.97725)] {
            let share = try x.isAtMost(threshold).converted(to: .float64).mean().item()
            try expectClose(share, expected, tolerance: Tolerance(absolute: error / 2))
        }
    }

    @Test func `neighbours are not correlated`() throws {
        var generator = Generator(seed: 4)
        let count = 200_000
        let x = try generator.normal([count + 1], .float64)
        let product = try x.slice(0..<count, along: 0) * x.slice(1..<count + 1, along: 0)
        try expectClose(
            product.mean().item(), 0,
            tolerance: Tolerance(absolute: 5 / Double(count).squareRoot()))
    }

    @Test func `a permutation holds every number once`() {
        var generator = Generator(seed: 5)
        let order = generator.permutation(100)
        #expect(order.sorted() == Array(0..<100))
        #expect(order != Array(0..<100))
        var again = Generator(seed: 5)
        #expect(again.permutation(100) == order)
        #expect(again.permutation(100) != order)
        #expect(again.permutation(0) == [])
    }

    @Test func `types without random numbers are reported`() throws {
        var generator = Generator(seed: 5)
        #expect(throws: TorchError.self) { try generator.uniform([2], .int64) }
        #expect(throws: TorchError.self) { try generator.normal([2], .bool) }
    }

    @Test func `the same name and seed give the same bits`() {
        let streams = RandomStreams(seed: 42)
        #expect(streams["measurement-noise"] == RandomStreams(seed: 42)["measurement-noise"])
        // By a separate program: a change of the hash would change every job's noise.
        #expect(streams["measurement-noise"].seed == 0xbfc3_abd6_5ac9_4ef5)
    }

    @Test func `other names and other seeds give other streams`() {
        var seeds: Set<UInt64> = []
        for seed in 0..<50 as Range<UInt64> {
            for name in ["", "a", "b", "ab", "ba", "noise", "start", "restart-1", "restart-2"] {
                seeds.insert(RandomStreams(seed: seed)[name].seed)
            }
        }
        #expect(seeds.count == 450)
    }

    @Test func `streams of neighbouring seeds are not correlated`() throws {
        let count = 100_000
        var a = RandomStreams(seed: 0)["noise"]
        var b = RandomStreams(seed: 1)["noise"]
        let product = try a.normal([count], .float64) * b.normal([count], .float64)
        try expectClose(
            product.mean().item(), 0,
            tolerance: Tolerance(absolute: 5 / Double(count).squareRoot()))
    }
}

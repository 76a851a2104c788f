import Arrays
import Images
import Testing

@Suite struct MetricsTests {
    private static let pairs = [0, 2, 3, 4, 5]

    private struct Pair {
        let restored, truth: HostArray
        let psnr: Double
        let ssim: Double?

        init(_ number: Int) throws {
            let goldens = try Fixture.golden("metrics")
            restored = try #require(goldens["\(number)-restored"])
            truth = try #require(goldens["\(number)-truth"])
            psnr = try #require(goldens["\(number)-psnr"]?.values(as: Double.self).first)
            ssim = try goldens["\(number)-ssim"]?.values(as: Double.self).first
        }
    }

    @Test(arguments: pairs) func `PSNR agrees with scikit-image`(_ number: Int) throws {
        let pair = try Pair(number)
        let value = try psnr(of: pair.restored, truth: pair.truth)
        #expect(value == pair.psnr || abs(value - pair.psnr) < 1e-9)
    }

    @Test(arguments: pairs) func `SSIM agrees with scikit-image`(_ number: Int) throws {
        let pair = try Pair(number)
        guard let expected = pair.ssim else {
            #expect(throws: ImageError.self) { try ssim(of: pair.restored, truth: pair.truth) }
            return
        }
        #expect(abs(try ssim(of: pair.restored, truth: pair.truth) - expected) < 1e-9)
    }

    @Test func `single precision is as good as its inputs`() throws {
        let pair = try Pair(2)
        func single(_ array: HostArray) throws -> HostArray {
            HostArray(try array.values(as: Double.self).map { Float($0) }, shape: array.shape)
        }
        let (restored, truth) = (try single(pair.restored), try single(pair.truth))
        #expect(abs(try psnr(of: restored, truth: truth) - pair.psnr) < 1e-4)
        #expect(abs(try ssim(of: restored, truth: truth) - (pair.ssim ?? 0)) < 1e-6)
    }

    @Test func `what is restored is clipped before it is compared`() throws {
        let truth = HostArray([Double](repeating: 1, count: 256), shape: [1, 16, 16])
        let bright = HostArray([Double](repeating: 3, count: 256), shape: [1, 16, 16])
        #expect(try psnr(of: bright, truth: truth) == .infinity)
        #expect(try ssim(of: bright, truth: truth) == 1)
    }

    @Test func `what is not a number shows`() throws {
        let truth = HostArray([Double](repeating: 1, count: 256), shape: [1, 16, 16])
        let broken = HostArray([Double](repeating: .nan, count: 256), shape: [1, 16, 16])
        #expect(try psnr(of: broken, truth: truth).isNaN)
        #expect(try ssim(of: broken, truth: truth).isNaN)
    }

    @Test func `pictures of different shapes are not compared`() throws {
        let a = HostArray([Float](repeating: 0, count: 12), shape: [1, 3, 4])
        let b = HostArray([Float](repeating: 0, count: 12), shape: [1, 4, 3])
        let error = #expect(throws: ImageError.self) { try psnr(of: a, truth: b) }
        #expect(error?.reason == .unequalShapes([1, 3, 4], [1, 4, 3]))
    }
}

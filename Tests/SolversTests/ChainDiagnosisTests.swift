import Foundation
import Solvers
import Tensors
import Testing

@Suite struct ChainDiagnosisTests {
    /// Chains xₜ = a xₜ₋₁ + √(1 − a²) ξ, which are worth (1 − a) / (1 + a) of their length.
    private func chains(_ count: Int, length: Int, memory: Double, apart: Double = 0) throws
        -> [[Double]]
    {
        var generator = Generator(seed: 8)
        return try (0..<count).map { chain in
            let noise = try generator.normal([length], .float64).doubles()
            var value = noise[0]
            return noise.map { next in
                value = memory * value + (1 - memory * memory).squareRoot() * next
                return value + apart * Double(chain)
            }
        }
    }

    @Test(arguments: [0.0, 0.5, 0.9])
    func `the effective size is that of the closed form`(_ memory: Double) throws {
        let chains = try chains(8, length: 2000, memory: memory)
        let diagnosis = try #require(ChainDiagnosis(chains))
        let expected = 16000 * (1 - memory) / (1 + memory)
        #expect(abs(diagnosis.effectiveSize / expected - 1) < 0.15)
        #expect(diagnosis.scaleReduction < 1.02)
    }

    @Test func `chains at different places are not mixed`() throws {
        let diagnosis = try #require(
            ChainDiagnosis(chains(8, length: 200, memory: 0, apart: 1)))
        #expect(diagnosis.scaleReduction > 1.5)
        #expect(diagnosis.effectiveSize < 40)
    }

    @Test func `a chain that drifts is not mixed`() throws {
        let drifting = try chains(4, length: 100, memory: 0).map { chain in
            chain.enumerated().map { $1 + 0.05 * Double($0) }
        }
        let diagnosis = try #require(ChainDiagnosis(drifting))
        #expect(diagnosis.scaleReduction > 1.2)
    }

    @Test func `what never changes says nothing`() {
        #expect(ChainDiagnosis([[1, 1, 1, 1, 1], [1, 1, 1, 1, 1]]) == nil)
        #expect(ChainDiagnosis([[1, 2, 3]]) == nil)
        #expect(ChainDiagnosis([]) == nil)
    }
}

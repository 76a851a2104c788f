import Models
import Tensors
import Testing

/// Converted files pass the self-test that every conversion ends with.
@Suite(
    .timeLimit(.minutes(20)),
    .enabled(if: PublishedGolden.root != nil, "SLUICE_DATA names no folder with data"))
struct PublishedSelfTests {
    @Test(arguments: GlowIPReading.random + GlowIPReading.trained)
    func `GlowIP`(_ reading: GlowIPReading) throws {
        try expectPassed(reading.model())
    }

    @Test(arguments: GlowPyTorchGoldenTests.cases)
    func `glow-pytorch`(_ item: GlowPyTorchGoldenTests.Case) throws {
        try expectPassed(item.model())
    }

    @Test(arguments: NormflowsGoldenTests.cases)
    func `normflows`(_ item: NormflowsGoldenTests.Case) throws {
        try expectPassed(item.model())
    }

    @Test(arguments: RealNVPGoldenTests.cases)
    func `real-nvp`(_ item: RealNVPGoldenTests.Case) throws {
        try expectPassed(item.model())
    }

    private func expectPassed(
        _ model: ConvertedModel, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let report = try SelfTest(model.flow(.float64).frozenFlow()).run()
        #expect(report.problems == [], sourceLocation: sourceLocation)
        #expect(report.jacobianError != nil, sourceLocation: sourceLocation)
    }
}

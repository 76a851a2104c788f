import Models
import TensorSupport
import Tensors
import TestSupport
import Testing
import Training

/// bfloat16 is for the networks of couplings, and for nothing else.
@Suite(.timeLimit(.minutes(20))) struct PrecisionTests {
    private func flow() throws -> (Flow, Tensor) {
        let store = ParameterStore(random: Generator(seed: 1))
        let flow = try Architecture.glow(
            GlowSettings(levels: 2, steps: 2, lastSteps: 2, hidden: 8, splitPrior: .learned)
        ).flow(imageShape: [3, 8, 8], in: store.root)
        var random = Generator(seed: 2)
        let x = try random.uniform([4, 3, 8, 8])
        _ = try withoutGradient { try flow.start(on: x) }
        for parameter in store.ordered {
            try parameter.accumulate(random.normal(parameter.shape), times: 0.05)
        }
        return (flow, x)
    }

    @Test func `a flow in half precision is still a bijection`() throws {
        let (flow, x) = try flow()
        try withHalfPrecision(true, on: .cpu) {
            let mapped = try flow.encode(x)
            #expect(try mapped.value.dataType() == .float32)
            #expect(try mapped.logDeterminant.dataType() == .float32)
            try expectClose(
                flow.decode(mapped.value).value, x, tolerance: Tolerance(absolute: 1e-4))
        }
    }

    @Test func `its networks are rounded, and nothing stays so`() throws {
        let (flow, x) = try flow()
        let full = try flow.logLikelihood(x).doubles()
        let half = try withHalfPrecision(true, on: .cpu) { try flow.logLikelihood(x).doubles() }
        #expect(half != full)
        for (a, b) in zip(full, half) { #expect(abs(a - b) < 0.05 * abs(a)) }
        #expect(try flow.logLikelihood(x).doubles() == full)
    }

    @Test func `products are of eight bits inside and exact where that is asked for`() throws {
        let x = try Tensor.full([1, 1, 1, 1], 1 + 0x1p-12)
        try withHalfPrecision(true, on: .cpu) {
            #expect(try x.convolved(with: x).dataType() == .bfloat16)
            let exact = try withFullPrecision(on: .cpu) { () throws(TorchError) in
                try x.convolved(with: x)
            }
            #expect(try exact.dataType() == .float32)
            #expect(try x.convolved(with: x).dataType() == .bfloat16)
        }
        #expect(try x.convolved(with: x).dataType() == .float32)
    }

    @Test func `a flow learns in half precision, a generator must not`() throws {
        try withTemporaryDirectory { folder in
            var training = try SyntheticTraining(in: folder, steps: 60)
            training.recipe.precision = .bfloat16
            var trainer = try Trainer(training.recipe, data: training.data)
            let steps = try (0..<60).map { _ in try trainer.step().figure }
            #expect(steps[55] < steps[0] - 0.5)
            training.recipe.architecture = .vae(VAESettings(hidden: 4, latent: 2))
            let error = #expect(throws: TrainingError.self) {
                try Trainer(training.recipe, data: training.data)
            }
            #expect(error?.reason == .needsFullPrecision)
        }
    }
}

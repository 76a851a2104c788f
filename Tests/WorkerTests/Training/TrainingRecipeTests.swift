import Jobs
import Models
import Testing
import Training
import Worker

@Suite struct TrainingRecipeTests {
    private let spec = RecipeSpec(
        name: "n", architecture: .glow(GlowSpec(levels: 2, steps: 3, hidden: 8)),
        train: ["a.idx", "/data/b.idx"], validation: ["../c.idx"], validationLimit: 7, bits: 5,
        flips: true, batch: 10, length: .steps(99),
        parts: 5, precision: .bfloat16,
        learningRate: LearningRateSpec(peak: 0.1, warmUp: 4, decay: .halving(epochs: 2)),
        beta1: 0.4, adversary: AdversarySpec(width: 3, reconstruction: 2), patience: 5,
        gradientNorm: 3, weightNormPenalty: 0.5, averaging: 0.9, validateEvery: 6, seed: 11)

    @Test func `every setting arrives`() {
        let recipe = spec.trainingRecipe(pictures: 100, folder: "/recipes")
        let expected = TrainingRecipe(
            name: "n",
            architecture: .glow(GlowSettings(levels: 2, steps: 3, lastSteps: 3, hidden: 8)),
            train: ["/recipes/a.idx", "/data/b.idx"], validation: ["/recipes/../c.idx"],
            validationLimit: 7, bits: 5, flips: true, batch: 10, steps: 99,
            parts: 5, precision: .bfloat16,
            adversary: AdversarySettings(width: 3, reconstruction: 2), beta1: 0.4, patience: 5,
            schedule: LearningRateSchedule(peak: 0.1, warmUp: 4, decay: .halving(epochs: 2)),
            maximumGradientNorm: 3, weightNormPenalty: 0.5, averaging: 0.9, validateEvery: 6,
            seed: 11)
        #expect(recipe == expected)
    }

    @Test(arguments: [(100, 50), (99, 45), (5, 5), (0, 5)])
    func `epochs are passes over whole batches`(_ pictures: Int, _ steps: Int) {
        var spec = spec
        spec.length = .epochs(5)
        #expect(spec.trainingRecipe(pictures: pictures, folder: "").steps == steps)
    }

    @Test func `the words of architectures mean what they say`() {
        let glow = GlowSpec(
            levels: 1, steps: 2, lastSteps: 1, hidden: 4, splitPrior: .learned,
            topPrior: .learned, scale: .sigmoid, mixing: .lu, coupling: .additive)
        #expect(
            ArchitectureSpec.glow(glow).architecture
                == .glow(
                    GlowSettings(
                        levels: 1, steps: 2, lastSteps: 1, hidden: 4, splitPrior: .learned,
                        topPrior: .learned, scale: .sigmoid, mixing: .lu, coupling: .additive)))
        let network = RealNVPSpec(scales: 2, blocks: 3, width: 4, margin: 0.1)
        #expect(
            ArchitectureSpec.realNVP(network).architecture
                == .realNVP(RealNVPSettings(scales: 2, blocks: 3, width: 4, margin: 0.1)))
    }

    @Test func `the words of generators mean what they say`() {
        #expect(
            ArchitectureSpec.dcgan(DCGANSpec(latent: 7, width: 5)).architecture
                == .dcgan(DCGANSettings(latent: 7, width: 5)))
        let spec = VAESpec(layout: .convolutional, hidden: 6, latent: 5, observation: .gaussian)
        #expect(
            ArchitectureSpec.vae(spec).architecture
                == .vae(
                    VAESettings(
                        layout: .convolutional, hidden: 6, latent: 5, observation: .gaussian)))
        #expect(ArchitectureSpec.vae(VAESpec()).architecture == .vae(VAESettings()))
    }
}

import Jobs
import Testing
import YAML

@Suite struct RecipeTests {
    private let paper = """
        version: 1
        name: mnist
        architecture: {real_nvp: {scales: 3, blocks: 6, width: 32}}
        train: [mnist-train.idx.gz]
        validation: [mnist-validation.idx.gz]
        batch: 128
        epochs: 200
        learning_rate: {peak: 1e-3, decay: {halving: {epochs: 40}}}
        gradient_norm: 100
        weight_norm_penalty: 5e-5
        """

    private func read(_ text: String) throws(JobError) -> RecipeSpec {
        try SpecReader(RecipeSpec.rule).read(Array(text.utf8), file: "r.yaml")
    }

    private func mistakes(_ text: String) -> String {
        do throws(JobError) {
            _ = try read(text)
            return ""
        } catch {
            return error.description
        }
    }

    @Test func `the paper's recipe is read`() throws {
        let recipe = RecipeSpec(
            name: "mnist",
            architecture: .realNVP(RealNVPSpec(scales: 3, blocks: 6, width: 32)),
            train: ["mnist-train.idx.gz"], validation: ["mnist-validation.idx.gz"], batch: 128,
            length: .epochs(200),
            learningRate: LearningRateSpec(peak: 0.001, decay: .halving(epochs: 40)),
            gradientNorm: 100, weightNormPenalty: 5e-5)
        #expect(try read(paper) == recipe)
    }

    @Test func `a recipe is read back from what is written`() throws {
        let recipe = RecipeSpec(
            name: "faces64",
            architecture: .glow(
                GlowSpec(
                    levels: 4, steps: 6, lastSteps: 1, hidden: 96, splitPrior: .learned,
                    topPrior: .learned, scale: .sigmoid, mixing: .lu, coupling: .additive)),
            start: "../Models/older", train: ["a.idx", "b.idx"], validation: ["c.idx"],
            validationLimit: 500, bits: 5,
            flips: true, batch: 16, length: .steps(9000),
            parts: 2, precision: .bfloat16,
            learningRate: LearningRateSpec(peak: 0.0005, warmUp: 100, decay: .cosine),
            beta1: 0.5, patience: 4,
            gradientNorm: 50, weightNormPenalty: 1e-5, averaging: 0.99, validateEvery: 250,
            checkpointEvery: .seconds(90), seed: 3, temperature: 0.5,
            card: "Faces.\n\n* 64 pixels\n", terms: "research: only")
        #expect(try read(recipe.value.yaml) == recipe)
    }

    @Test(arguments: [ArchitectureSpec.dcgan(DCGANSpec()), .vae(VAESpec())])
    func `a penalty of weight normalisation belongs to a flow`(_ other: ArchitectureSpec) throws {
        var recipe = try read(paper)
        recipe.architecture = other
        #expect(mistakes(recipe.value.yaml).contains("has a weight_norm_penalty without a flow"))
        recipe.weightNormPenalty = 0
        #expect(mistakes(recipe.value.yaml).isEmpty)
    }

    @Test func `an adversary belongs to a DCGAN`() throws {
        let adversary = AdversarySpec(width: 8, reconstruction: 3)
        var recipe = try read(paper)
        recipe.architecture = .dcgan(DCGANSpec(latent: 7, width: 5))
        recipe.weightNormPenalty = 0
        recipe.adversary = adversary
        #expect(try read(recipe.value.yaml) == recipe)
        recipe.architecture = .vae(VAESpec(layout: .convolutional, hidden: 6, latent: 5))
        #expect(mistakes(recipe.value.yaml).contains("has an adversary without a dcgan"))
    }

    private let unfolded = """
        version: 1
        name: unfolded
        architecture:
          unfolded: {folds: 3, proximal: {glow: {levels: 2, steps: 1, hidden: 8}}, shrinkages: levels}
        train: [a.idx]
        validation: [b.idx]
        unfolding: {forward: {mask: {center: 3}}, noise: {gaussian: {std: 0.1}}, fold_rate: 0.05}
        steps: 5
        learning_rate: {peak: 1e-3}
        """

    @Test func `an unfolded network is read with its measurement`() throws {
        let recipe = try read(unfolded)
        let glow = GlowSpec(levels: 2, steps: 1, hidden: 8)
        #expect(
            recipe.architecture
                == .unfolded(.init(folds: 3, proximal: .glow(glow), shrinkages: .levels)))
        #expect(
            recipe.unfolding
                == UnfoldingSpec(
                    forward: [.mask(.center(3))], noise: .gaussian(.known(0.1)), foldRate: 0.05))
        #expect(try read(recipe.value.yaml) == recipe)
    }

    @Test(arguments: [
        ("{mask: {center: 3}}", "sign", "unfolding.forward has a step that is not linear"),
        (
            "std: 0.1", "std: estimate",
            "unfolding.noise is a noise that needs a model or is not known"
        ),
        ("{gaussian: {std: 0.1}}", "{digits: {model: mnist}}", "is a noise that needs a model"),
        ("unfolding:", "card: x # ", "has an unfolded network and no unfolding"),
        ("folds: 3", "folds: 0", "architecture.unfolded.folds is 0"),
        ("folds: 3", "folds: 3, step: 3", "architecture.unfolded.step is 3"),
        (
            "folds: 3", "folds: 1, last_fold: literal",
            "architecture.unfolded has one fold, and nothing after its step"
        ),
    ])
    func `what an unfolded network cannot learn from is refused`(
        _ old: String, _ new: String, _ message: String
    ) {
        let found = mistakes(unfolded.replacing(old, with: new))
        #expect(found.contains(message), "\(found)")
    }

    @Test func `only an unfolded network has an unfolding`() {
        let found = mistakes(paper + "\nunfolding: {noise: none}")
        #expect(found.contains("has an unfolding without an unfolded network"))
    }

    @Test func `the same measurement has one text, however it was written`() {
        let one = MeasurementText(forward: [.identity, .scale(0.5)], noise: .none)
        #expect(one == MeasurementText(forward: [.scale(0.5), .identity], noise: .none))
        #expect(one != MeasurementText(forward: [.scale(0.25)], noise: .none))
        let files = MeasurementText(
            forward: [.mask(.image("m.png")), .matrix(file: "A.npy"), .fourier(.image("f.png"))],
            noise: .none
        ) { "<\($0.path)>" }
        #expect(
            files
                == MeasurementText(
                    forward: [
                        .mask(.image("<m.png>")), .matrix(file: "<A.npy>"),
                        .fourier(.image("<f.png>")),
                    ], noise: .none))
        #expect(
            MeasurementText(forward: [.identity], noise: .none)
                == MeasurementText(forward: [.identity, .identity], noise: .none))
        #expect(!one.forward.contains("\n"))
    }

    @Test func `all mistakes of a recipe are reported`() {
        let text =
            paper
            .replacing("scales: 3", with: "scale: 3").replacing("epochs: 200", with: "bits: 9")
            .replacing("1e-3", with: "fast")
        #expect(
            mistakes(text) == """
                r.yaml:1:1: the file has none of steps, epochs; write one of them
                r.yaml:3:26: scales is missing in architecture.real_nvp; \
                add scales: a whole number from 1 to 10
                r.yaml:3:27: unknown key scale in architecture.real_nvp; did you mean scales?
                r.yaml:7:7: bits is 9; write a whole number from 1 to 8
                r.yaml:8:23: learning_rate.peak is fast; write a number above 0 and at most 10
                """)
    }
}

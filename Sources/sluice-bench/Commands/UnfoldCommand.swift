import ArgumentParser
import Models
import Physics
import Solvers
import Tensors

/// The command `sluice-bench unfold`.
struct UnfoldCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unfold",
        abstract: "Measures the gradients of an unfolded network: time, memory and drift.",
        discussion: """
            The network has a copy of the prior in every fold, and learns from noisy pictures. \
            One run measures one number of folds and one way to find gradients.
            """)

    @OptionGroup var priorOptions: PriorOptions
    @OptionGroup var measuring: MeasuringOptions

    @Option(help: "The number of folds.")
    var folds = 5

    @Flag(help: "Keep all activations instead of computing them again.")
    var keep = false

    func validate() throws {
        guard (1...100).contains(folds) else {
            throw ValidationError("--folds is 1 to 100, not \(folds)")
        }
    }

    func run() throws {
        try measuring.prepare()
        let memory = try BenchMemory.now()
        let prior = try priorOptions.prior()
        let (model, store) = try prior.unfolded(folds: folds)
        let network = UnfoldedNetwork(model, measuredBy: Identity())
        var random = RandomStreams(seed: 0)["pictures"]
        let x = try random.uniform([measuring.batch] + prior.imageShape)
        let y = try Simulation(forward: Identity(), noise: GaussianNoise(std: 0.1))
            .measured(x, from: &random)
        // A place for every gradient belongs to the weights.
        try Tensor.pushGradients(
            store.ordered.map { try $0.filled(with: 0) }, of: store.ordered)
        let resident = try BenchMemory.now() - memory
        let clock = ContinuousClock()
        var drift = 0.0
        var times: [Double] = []
        for _ in 0..<measuring.iterations + BenchResult.warmUp {
            times.append(
                try clock.measure {
                    let pass = try network.pushGradients(
                        of: y, truth: x, by: keep ? .backPropagation : .recomputation)
                    drift = max(drift, pass.drift)
                    for parameter in store.ordered { _ = try parameter.takeGradient() }
                } / .seconds(1))
        }
        let result = UnfoldResult(
            folds: folds, batch: measuring.batch, threads: measuring.threads,
            isRecomputing: !keep, parameters: model.parameterCount,
            secondsPerStep: times.dropFirst(BenchResult.warmUp).sorted()[measuring.iterations / 2],
            weightBytes: resident, memoryBytes: try BenchMemory.peak() - memory, drift: drift)
        print(measuring.json ? try result.json() : result.text)
    }
}

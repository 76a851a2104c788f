import ArgumentParser
import Models
import Physics
import Solvers
import Tensors

/// The command `sluice-bench map`.
struct MapCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "map",
        abstract: "Times iterations of MAP in latent space.",
        discussion: """
            An iteration is objective, gradient with respect to the latents, and a step of Adam, \
            as jobs do them.
            """)

    @OptionGroup var priorOptions: PriorOptions
    @OptionGroup var measuring: MeasuringOptions

    func run() throws {
        try measuring.prepare()
        let memory = try BenchMemory.now()
        let prior = try priorOptions.prior()
        let (flow, parameters) = try prior.frozenFlow()
        let times = try iterations(of: flow)
        try measuring.show(
            BenchResult(
                prior, parameters: parameters, passes: 2, measuring, memoryBefore: memory,
                iterations: times))
    }

    /// The seconds of every iteration but the first, which has nothing before it.
    private func iterations(of flow: Flow) throws -> [Double] {
        let streams = RandomStreams(seed: 0)
        var uniform = streams["measurement"]
        let problem = Problem(
            measurement: try uniform.uniform([measuring.batch] + flow.imageShape),
            forward: Identity(), noise: try GaussianNoise(std: 0.05))
        let settings = MAP.Settings(
            steps: measuring.iterations + BenchResult.warmUp + 1, learningRate: 0.02,
            space: .latent, optimizer: .adam, start: .zero)
        let solver = try MAP(prior: flow, settings: settings, streams: streams)
        var ends: [Double] = []
        _ = try solver.solve(problem) { ends.append($0.seconds) }
        return zip(ends.dropFirst(), ends).map { $0 - $1 }
    }
}

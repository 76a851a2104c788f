import ArgumentParser
import Models
import Physics
import Solvers
import Tensors

/// The command `sluice-bench passes`.
struct PassesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "passes",
        abstract: "Compares an iteration of MAP with the passes that it is made of.",
        discussion: """
            The passes are that of the flow and that of the operator, each with its gradient. \
            Iterations and passes take turns, and the figure is the median of the ratios of all \
            turns. One thread makes it the clearest.
            """)

    /// What a picture is measured by.
    enum Operator: String, CaseIterable, ExpressibleByArgument {
        case identity, blur, matrix
    }

    @OptionGroup var priorOptions: PriorOptions
    @OptionGroup var measuring: MeasuringOptions

    @Option(help: "identity, blur (a Gaussian of 5 pixels), matrix (1000 random sums).")
    var `operator` = Operator.identity

    @Option(help: "latent or image.")
    var space = PassesResult.Space.latent

    @Option(help: "How many turns.")
    var rounds = 5

    func validate() throws {
        guard (1...1000).contains(rounds) else {
            throw ValidationError("--rounds is 1 to 1000, not \(rounds)")
        }
    }

    func run() throws {
        try measuring.prepare()
        let (flow, _) = try priorOptions.prior().frozenFlow()
        let pace = try PassPace(
            flow: flow, forward: forward(flow.imageShape), space: space, batch: measuring.batch,
            count: measuring.iterations)
        let result = try PassesResult(
            operator: `operator`.rawValue, space: space, batch: measuring.batch,
            threads: measuring.threads, turns: (0..<rounds).map { _ in try pace.turn() })
        print(measuring.json ? try result.json() : result.text)
    }

    private func forward(_ shape: [Int]) throws -> any ForwardOperator {
        switch `operator` {
        case .identity: return Identity()
        case .blur:
            let kernel = try BlurKernel.gaussian(std: 5, size: 31)
            let (height, width) = (shape[1], shape[2])
            let separable = try SeparableBlur(
                kernel, boundary: .reflect, height: height, width: width)
            if let separable { return separable }
            return try Blur(kernel, boundary: .reflect, height: height, width: width)
        case .matrix:
            return try RandomMatrix(
                measurements: 1000, inputShape: shape, scaling: .unit,
                from: RandomStreams(seed: 0)["random-matrix"])
        }
    }
}

import Arrays
import Foundation
import Models
import Tensors

/// Model folders with random weights that take no time.
enum TinyModel {
    static let shape = [1, 8, 8]
    static let glow = Architecture.glow(
        .init(levels: 2, steps: 1, lastSteps: 1, hidden: 4, splitPrior: .learned))
    static let realNVP = Architecture.realNVP(.init(scales: 2, blocks: 1, width: 4))
    static let card = """
        # tiny

        ![Pictures](samples.png)

        Made of noise,
        and of nothing else.

        ## Terms

        Do what you want.

        ## Numbers

        None.
        """

    /// Writes a model called `tiny` to the folder `path`; `change` may alter its weights.
    static func write(
        _ architecture: Architecture = realNVP, to path: String,
        storage: WeightStorage = WeightStorage(), parameters: Int? = nil,
        change: (inout [String: HostArray]) -> Void = { _ in }
    ) throws {
        // Threads cost more than they gain on pictures so small.
        try TorchProcess.useThreads(1)
        let store = ParameterStore(random: Generator(seed: 1))
        let flow = try architecture.flow(imageShape: shape, in: store.root)
        var generator = Generator(seed: 2)
        try withoutGradient {
            _ = try flow.start(on: generator.uniform([16] + shape))
            for tensor in store.ordered {
                try tensor.accumulate(generator.normal(tensor.shape), times: 0.05)
            }
        }
        var weights = try store.tensors.mapValues { try $0.hostArray() }
        change(&weights)
        let count = weights.values.reduce(0) { $0 + $1.count }
        let description = ModelDescription(
            name: "tiny", architecture: architecture, imageShape: shape, bits: 8,
            bitsPerDimension: 1.25, validationLogLikelihood: [123, 4],
            training: .init(
                data: ["a.idx.gz": "0a", "b.idx.gz": "0b"], steps: 3, picturesSeen: 30,
                seconds: 7200),
            origin: .init(format: "glowip", file: "glow.pt", sha256: "0c", notes: ["by memory"]),
            weights: .init(files: [], parameters: parameters ?? count), software: "sluice test")
        try ModelFolder.write(
            description, weights: weights, card: card, to: path, storage: storage)
    }
}

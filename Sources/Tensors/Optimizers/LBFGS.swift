/// L-BFGS for a batch of independent samples, each with its own history, line search and end.
///
/// The first axis of the point counts samples; whatever the other axes are, a sample is one
/// vector. In every round the points that all samples want to know about are evaluated together.
/// A sample that has finished keeps its point, and its row is evaluated in vain.
///
/// It follows `torch.optim.LBFGS` (after minFunc by Mark Schmidt) step for step. Memory is
/// 2 · `historySize` vectors per sample.
///
/// Nocedal, Wright 2006, "Numerical Optimization", chapter 7.2.
package struct LBFGS: Sendable {
    package let settings: Settings
    private let shape: [Int]
    private var samples: [Sample]

    /// An optimiser that begins at `start`, whose first axis counts the samples.
    ///
    /// - Throws: `TorchError` when `start` has no axis.
    package init(_ start: Tensor, _ settings: Settings = .init()) throws(TorchError) {
        self.settings = settings
        shape = start.shape
        guard let count = shape.first else {
            throw TorchError(operation: "lbfgs", shapes: [shape], message: "no axis of samples")
        }
        samples = []
        for row in try Self.rows(of: start.detached(), count) {
            samples.append(Sample(at: row, settings))
        }
    }

    /// Goes on with every sample for up to `settings.iterations` iterations.
    ///
    /// Called again, it evaluates the points once more and keeps the histories. `evaluate` gets
    /// the points in the shape of the start and returns one value per sample and all gradients.
    /// `checkpoint` is called after every round with the state so far; when it throws, the
    /// points reached remain.
    ///
    /// - Throws: what `evaluate` or `checkpoint` throws, or `TorchError`.
    package mutating func run(
        evaluate: (Tensor) throws -> (values: [Double], gradients: Tensor),
        checkpoint: (LBFGS) throws -> Void = { _ in }
    ) throws {
        for index in samples.indices { samples[index].restart() }
        while samples.contains(where: \.isActive) {
            let (values, gradients) = try evaluate(batch(samples.map(\.trial)))
            precondition(values.count == samples.count, "one value per sample")
            precondition(gradients.shape == shape, "gradients have the shape of the points")
            let rows = try Self.rows(of: gradients, samples.count)
            for index in samples.indices where samples[index].isActive {
                try samples[index].receive(value: values[index], gradient: rows[index])
            }
            try checkpoint(self)
            for index in samples.indices { samples[index].hasAdvanced = false }
        }
    }

    /// The points that the samples have reached, in the shape of the start.
    ///
    /// - Throws: `TorchError` when memory is short.
    package func points() throws(TorchError) -> Tensor {
        try batch(samples.map(\.point))
    }

    /// How far each sample is.
    package var progress: [Progress] { samples.map(\.progress) }

    private func batch(_ rows: [Tensor]) throws(TorchError) -> Tensor {
        rows.isEmpty ? try .zeros(shape) : try Tensor.stacked(rows).reshaped(to: shape)
    }

    /// The samples as vectors with storage of their own, so that none keeps a batch alive.
    private static func rows(of batch: Tensor, _ count: Int) throws(TorchError) -> [Tensor] {
        var rows: [Tensor] = []
        for index in 0..<count {
            rows.append(try batch.element(index).copy().reshaped(to: [-1]))
        }
        return rows
    }
}

package import Tensors

/// What a training minimises.
///
/// A step may have several turns: opponents take theirs one after the other, each with its own
/// parameters.
package protocol Objective: Sendable {
    /// What the loss of a batch is told as.
    var trained: Figure { get }

    /// What validation pictures are judged by.
    var validated: Figure { get }

    /// The number of turns in a step.
    var turns: Int { get }

    /// Whether the parameter `name` changes in `turn`.
    func changes(_ name: String, in turn: Int) -> Bool

    /// Whether the parameter `name` belongs to the model rather than to its training.
    func isOfModel(_ name: String) -> Bool

    /// Bytes as the numbers that are learned.
    ///
    /// - Throws: `TorchError` when memory is short.
    func pictures(_ bytes: Tensor, noise: inout Generator) throws(TorchError) -> Tensor

    /// Sets what begins with the statistics of a first batch.
    ///
    /// - Throws: `TorchError` when the shape does not fit.
    func start(on x: Tensor) throws

    /// What is minimised in `turn`.
    ///
    /// - Throws: `TorchError` when the shape does not fit.
    func loss(of x: Tensor, turn: Int, random: inout Generator) throws -> Loss

    /// Finds the gradients of the loss in a way of its own, for the parameters to take.
    ///
    /// - Returns: the figure of the loss; nil when they are to be taken of `loss`.
    /// - Throws: `TorchError` when the shape does not fit.
    func pushGradients(for x: Tensor, turn: Int, random: inout Generator) throws -> Double?

    /// What the learning rate of the parameter `name` is multiplied by.
    func rateFactor(of name: String) -> Double

    /// The number of pictures by which stored moments are settled before judging; 0 where there are
    /// none, or a judge finds pictures of its own.
    var settlingCount: Int { get }

    /// Makes stored moments those of the weights as they are.
    ///
    /// - Throws: `TorchError` when the shape does not fit.
    func settle(on x: Tensor) throws

    /// Judges the model as it is: constants folded, and what weights leave open settled.
    ///
    /// - Throws: `TorchError` when memory is short.
    func judge(
        _ effort: Effort, random: inout Generator, on device: Device
    ) throws -> any Judge
}

extension Objective {
    package var turns: Int { 1 }

    package func changes(_ name: String, in turn: Int) -> Bool { true }

    package func isOfModel(_ name: String) -> Bool { true }

    package func start(on x: Tensor) throws {}

    package var settlingCount: Int { 0 }

    package func settle(on x: Tensor) throws {}

    package func pushGradients(
        for x: Tensor, turn: Int, random: inout Generator
    ) throws -> Double? { nil }

    package func rateFactor(of name: String) -> Double { 1 }
}

/// The loss of a batch.
package struct Loss: Sendable {
    /// One number, of which gradients are taken.
    package let total: Tensor
    /// What it is told as.
    package let figure: Double
}

package import Tensors

/// The hyper-parameters of one family of flows.
package protocol FlowSettings: Codable, Sendable, Equatable {
    /// The smallest factor by which the sides of a picture must be divisible.
    var sideFactor: Int { get }

    /// Whether every number is in its range; they may come from any file.
    var isSensible: Bool { get }

    /// The settings in words, for people.
    var summary: String { get }

    /// The flow over pictures of `imageShape`, its parameters in `scope`.
    ///
    /// - Throws: `TorchError` when memory is short.
    func flow(imageShape: [Int], in scope: ParameterScope) throws(TorchError) -> Flow
}

extension FlowSettings {
    /// Lengths of axes, in any architecture.
    static var lengths: ClosedRange<Int> { 1...65_536 }

    /// Steps or blocks, in any architecture.
    static var counts: ClosedRange<Int> { 0...4096 }

    /// Levels or scales, in any architecture.
    static var depths: ClosedRange<Int> { 1...12 }
}

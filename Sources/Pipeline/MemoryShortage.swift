import Solvers
package import Tensors

/// Too little memory for even one sample.
package struct MemoryShortage: Error, CustomStringConvertible {
    /// What is worked on alone where memory is short.
    package enum Sample: String, Sendable {
        case picture
        /// A part of a picture, as large as those of the prior.
        case window
        /// A picture of the posterior, of which there are many for each that is restored.
        case sample
    }

    /// What could not be computed.
    package let cause: TorchError
    package let sample: Sample
    /// Of the sample: channels, height, width.
    package let shape: [Int]
    /// What was free when it was found out; nil when nobody knows.
    package let freeBytes: Int?

    package init(cause: TorchError, sample: Sample, shape: [Int], freeBytes: Int?) {
        self.cause = cause
        self.sample = sample
        self.shape = shape
        self.freeBytes = freeBytes
    }

    package var description: String {
        let shape = shape.map(String.init).joined(separator: " × ")
        let what =
            switch sample {
            case .picture: "not even one picture of \(shape) fits"
            case .window: "not even the whole picture and one window of \(shape) fit"
            case .sample: "not even all samples, worked on one at a time, of \(shape) fit"
            }
        return "\(what) into memory: \(cause)"
    }

    /// What would fit.
    var hint: String {
        let needed = SampleRoom.bytes(numbers: shape.reduce(1, *)) >> 20
        let free = freeBytes.map { ", and \($0 >> 20) MB are free" } ?? ""
        let whole = sample == .window ? "the picture, " : ""
        let fewer = sample == .sample ? "take fewer samples, or " : ""
        return
            "an iteration takes about \(max(1, needed)) MB for one \(sample), beside \(whole)the "
            + "model and the operator\(free); \(fewer)give the worker more memory, or a smaller model, matrix or "
            + "picture"
    }
}

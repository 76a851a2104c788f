import Physics
import Tensors

/// How much of a picture its measurement lets one see, which decides how it is looked for.
enum Sight: Equatable {
    /// Every pixel by itself, or at least a number for each.
    case pixels
    /// Some pixels by themselves, the others not at all.
    case somePixels
    /// A picture that is blurred, smaller, gray or otherwise not the one to be found.
    case picture
    /// Numbers that show nothing. `gain` is how much larger they are than the pixels, on average.
    case numbers(gain: Double)
    /// Such numbers with weights that are independent of each other, `share` of them for each pixel
    /// and channel.
    case independentNumbers(gain: Double, share: Double)

    /// What `problem` lets one see of pictures of `imageShape`.
    ///
    /// - Throws: `TorchError` when the shape does not fit.
    init(of problem: Problem, imageShape: [Int]) throws(TorchError) {
        let y = problem.measurement
        if let linear = problem.forward as? any LinearOperator,
            let diagonal = try linear.diagonal(like: y)
        {
            let smallest = try diagonal.magnitude().smallest().item()
            self = smallest > 0 ? .pixels : .somePixels
        } else if try problem.forward.shown(by: y.slice(0..<1, along: 0)) != nil {
            self = .picture
        } else if Array(y.shape.dropFirst()) == imageShape {
            self = .pixels
        } else {
            let gain = try Self.gain(of: problem.forward, imageShape, like: y)
            let share = Double(y.shape.dropFirst().reduce(1, *)) / Double(imageShape.reduce(1, *))
            self =
                problem.forward is RandomMatrix
                ? .independentNumbers(gain: gain, share: share) : .numbers(gain: gain)
        }
    }

    /// The root mean square of what is measured of a noisy gray picture, by that of its pixels.
    private static func gain(
        of forward: any ForwardOperator, _ shape: [Int], like y: Tensor
    ) throws(TorchError) -> Double {
        // Always the same noise: a plan must not depend on chance.
        var stream = Generator(seed: 0)
        let probe = try stream.normal([1] + shape, y.dataType(), on: y.device()) * 0.1 + 0.5
        let energy = try forward.apply(probe).square().mean().item()
        let gain = try (energy / probe.square().mean().item()).squareRoot()
        return gain.isFinite && gain > 0 ? gain : 1
    }
}

import Images
import Jobs
import Physics
import Tensors

extension [ForwardSpec] {
    /// The one place where the measurement of a job becomes an operator.
    ///
    /// - Parameters:
    ///   - imageShape: `[channels, height, width]` of the pictures that are measured.
    ///   - files: reads what the steps name.
    /// - Returns: the operator that applies all steps.
    /// - Throws: `PhysicsError` when a setting makes no sense or a step does not fit the pictures,
    ///   `PipelineError` and the errors of files for what the steps name, `TorchError`.
    func forwardOperator(
        for imageShape: [Int], files: OperatorFiles
    ) throws -> any ForwardOperator {
        var shape = imageShape
        var parts: [any ForwardOperator] = []
        for step in self {
            let part = try step.forwardOperator(for: shape, files)
            shape = try part.outputShape(for: shape)
            parts.append(part)
        }
        return Composition.of(parts)
    }
}

extension ForwardSpec {
    fileprivate func forwardOperator(
        for shape: [Int], _ files: OperatorFiles
    ) throws -> any ForwardOperator {
        let device = files.device
        guard shape.count == 3 || !needsPicture else {
            throw PhysicsError(.shape(shape, expected: "a picture"), in: "forward")
        }
        switch self {
        case .identity: return Identity()
        case .scale(let factor): return try Scale(factor)
        case .mask(let mask):
            let (kept, maskShape) = try files.kept(mask, of: shape, in: "mask")
            return try Mask(kept, shape: maskShape, on: device)
        case .blur(let blur): return try blur.blur(of: shape, files)
        case .downsample(let step): return try step.downsample(of: shape, on: device)
        case .randomMatrix(let matrix):
            return try matrix.randomMatrix(for: shape, on: device)
        case .matrix(let path): return try files.matrix(path, for: shape)
        case .sign(let gradient):
            return Sign(gradient: gradient == .identity ? .identity : .clipped)
        case .quantize(let bits): return try Quantize(bits: bits)
        case .fourier(let mask):
            let (kept, maskShape) = try files.kept(mask, of: shape, in: "fourier")
            return try FourierSampling(kept, shape: maskShape, on: device)
        case .grayscale: return Grayscale(channels: shape[0])
        }
    }
}

extension RandomMatrixSpec {
    fileprivate func randomMatrix(for shape: [Int], on device: Device) throws -> RandomMatrix {
        func make() throws(TorchError) -> RandomMatrix {
            try RandomMatrix(
                measurements: measurements, inputShape: shape,
                scaling: scaling == .unit ? .unit : .normalized,
                from: RandomStreams(seed: seed)["random-matrix"], on: device)
        }
        let room = MatrixRoom(rows: measurements, columns: shape.reduce(1, *), on: device)
        guard room.bytes <= RandomMatrix.largestHeld else { return try make() }
        return try room.make(in: "forward.random_matrix", make)
    }
}

extension BlurSpec {
    fileprivate func blur(of shape: [Int], _ files: OperatorFiles) throws -> any ForwardOperator {
        let kernel =
            switch kernel {
            case .gaussian(let std, let size): try BlurKernel.gaussian(std: std, size: size)
            case .motion(let length, let angle):
                try BlurKernel.motion(length: length, angle: angle)
            case .file(let path): try files.kernel(path)
            }
        let edge: Physics.Boundary =
            switch boundary {
            case .reflect: .reflect
            case .circular: .circular
            case .zero: .zero
            }
        let (height, width) = (shape[1], shape[2])
        if let separable = try SeparableBlur(
            kernel, boundary: edge, height: height, width: width, on: files.device)
        {
            return separable
        }
        return try Blur(kernel, boundary: edge, height: height, width: width, on: files.device)
    }
}

extension DownsampleSpec {
    fileprivate func downsample(of shape: [Int], on device: Device) throws -> Downsample {
        for size in shape.dropFirst() where !size.isMultiple(of: factor) {
            throw PhysicsError(
                .shape(shape, expected: "of a height and width that \(factor) divides"),
                in: "downsample")
        }
        return try Downsample(
            vertical: axis(of: shape[1], on: device), horizontal: axis(of: shape[2], on: device))
    }

    private func axis(of length: Int, on device: Device) throws(TorchError) -> AxisMatrix {
        let filter: ResizeFilter =
            switch filter {
            case .box: .box
            case .bilinear: .bilinear
            case .bicubic: .bicubic
            case .lanczos: .lanczos
            }
        let plan = ResamplingWeights(from: length, to: length / factor, filter: filter)
        var values = [Double](repeating: 0, count: plan.outputLength * length)
        for row in 0..<plan.outputLength {
            for tap in 0..<plan.counts[row] {
                values[row * length + plan.starts[row] + tap] = plan.weights[row * plan.taps + tap]
            }
        }
        return try AxisMatrix(values, rows: plan.outputLength, isInvertible: true, on: device)
    }
}

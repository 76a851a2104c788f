import Images
import Jobs
import Physics
import Tensors

extension [ForwardSpec] {
    /// The one place where the measurement of a job becomes an operator.
    ///
    /// - Parameters:
    ///   - imageShape: `[channels, height, width]` of the pictures that are measured.
    ///   - path: where the steps stand.
    ///   - files: reads what the steps name.
    /// - Returns: the operator that applies all steps.
    /// - Throws: `JobFault` with the step that makes no sense or does not fit the pictures, and
    ///   `TorchError`.
    func forwardOperator(
        for imageShape: [Int], at path: SettingPath = .key("forward"), files: OperatorFiles
    ) throws -> any ForwardOperator {
        var shape = imageShape
        var parts: [any ForwardOperator] = []
        for (index, step) in enumerated() {
            let part = try JobFault.at(path[index], remedy: "change the step or leave it out") {
                let part = try step.forwardOperator(for: shape, files, path[index])
                shape = try part.outputShape(for: shape)
                return part
            }
            parts.append(part)
        }
        return Composition.of(parts)
    }
}

extension ForwardSpec {
    fileprivate func forwardOperator(
        for shape: [Int], _ files: OperatorFiles, _ path: SettingPath
    ) throws -> any ForwardOperator {
        let (device, path) = (files.device, path[name])
        guard shape.count == 3 || !needsPicture else {
            throw JobFault(
                .mismatch(
                    "this step needs a picture, but is given the shape \(shape)",
                    remedy: "put it before the step that measures none"), at: path)
        }
        switch self {
        case .identity: return Identity()
        case .scale(let factor): return try Scale(factor)
        case .mask(let mask):
            let (kept, maskShape) = try files.kept(mask, of: shape, at: path)
            return try Mask(kept, shape: maskShape, on: device)
        case .blur(let blur): return try blur.blur(of: shape, files, path)
        case .downsample(let step): return try step.downsample(of: shape, on: device, path)
        case .randomMatrix(let matrix):
            return try files.randomMatrix(matrix, for: shape, at: path)
        case .matrix(let file): return try files.matrix(file, for: shape, at: path["file"])
        case .sign(let gradient):
            return Sign(gradient: gradient == .identity ? .identity : .clipped)
        case .quantize(let bits): return try Quantize(bits: bits)
        case .fourier(let mask):
            let (kept, maskShape) = try files.kept(mask, of: shape, at: path["mask"])
            return try FourierSampling(kept, shape: maskShape, on: device)
        case .grayscale: return Grayscale(channels: shape[0])
        }
    }
}

extension BlurSpec {
    fileprivate func blur(
        of shape: [Int], _ files: OperatorFiles, _ path: SettingPath
    ) throws -> any ForwardOperator {
        let kernel =
            switch kernel {
            case .gaussian(let std, let size): try BlurKernel.gaussian(std: std, size: size)
            case .motion(let length, let angle):
                try BlurKernel.motion(length: length, angle: angle)
            case .file(let file): try files.kernel(file, at: path["kernel"])
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
    fileprivate func downsample(
        of shape: [Int], on device: Device, _ path: SettingPath
    ) throws -> Downsample {
        guard shape.dropFirst().allSatisfy({ $0.isMultiple(of: factor) }) else {
            throw JobFault(
                .mismatch(
                    "the pictures have \(shape[1]) × \(shape[2]) pixels, which is no height and "
                        + "width that \(factor) divides",
                    remedy: "write a factor that divides both, or give them another size"),
                at: path["factor"])
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

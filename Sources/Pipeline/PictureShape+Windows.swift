import Arrays
import Jobs

/// Pictures that are seen through windows.
extension PictureShape {
    /// Channels, height and width of a restored picture, nowhere smaller than one of the model.
    ///
    /// - Throws: `JobFault` when they are smaller, have other colours, or are not known.
    func imageShape(inWindowsOf model: [Int]?) throws(JobFault) -> [Int] {
        guard let model else { return try imageShape(of: nil) }
        guard let picture = pictures.first else { return model }
        let shape = try spec.given == .truth ? picture.values.shape : measured(picture, model)
        guard shape.count == 3, shape[0] == model[0] else {
            let color = model[0] == 1 ? "gray" : "rgb"
            throw JobFault(
                .mismatch(
                    "\(picture.source) has \(picture.shapeInWords), but windows of the prior \(name) need "
                        + "\(model[0]) channels",
                    remedy: "set prepare: {color: \(color)}, or choose another prior"),
                at: spec.images.path(of: 0))
        }
        guard zip(shape, model).allSatisfy({ $0 >= $1 }) else {
            throw JobFault(
                .mismatch(
                    "\(picture.source) is \(shape[2]) × \(shape[1]) pixels, smaller than the windows of the prior "
                        + "\(name), which are \(model[2]) × \(model[1])",
                    remedy: "give a larger picture, or choose another prior"),
                at: spec.images.path(of: 0))
        }
        return shape
    }

    private var name: String { spec.prior?.text ?? "" }

    /// The shape of the picture that was measured: steps of `downsample` have made it smaller.
    private func measured(
        _ picture: JobPicture, _ model: [Int]
    ) throws(JobFault) -> [Int] {
        // Complex numbers have an axis more; numbers in a row say nothing of a size.
        let shape = Array(picture.values.shape.suffix(3))
        guard shape.count == 3, !spec.forward.contains(where: \.isMatrix) else {
            throw JobFault(
                .mismatch(
                    "\(picture.source), a measurement of \(picture.shapeInWords), does not tell how large the "
                        + "picture is",
                    remedy: "leave out windows and restore one of the size of the prior"),
                at: spec.images.path(of: 0))
        }
        return enlarged(shape, colors: model[0])
    }

    /// The shape of the picture that was measured as the first one that is given, by that alone.
    var ownShape: [Int]? {
        guard let shape = pictures.first?.values.shape, spec.given == .measurement else {
            return pictures.first?.values.shape
        }
        let place = Array(shape.suffix(3))
        // Without a model to tell, what has become gray had three colours.
        return place.count == 3 && spec.tellsSize ? enlarged(place, colors: 3) : shape
    }

    private func enlarged(_ shape: [Int], colors: Int) -> [Int] {
        let factor = spec.forward.reduce(1) { $0 * $1.shrinkage }
        let isGray = spec.forward.contains(.grayscale)
        return [isGray ? colors : shape[0], shape[1] * factor, shape[2] * factor]
    }
}

extension ForwardSpec {
    /// By what a step divides height and width.
    fileprivate var shrinkage: Int {
        if case .downsample(let step) = self { step.factor } else { 1 }
    }

    fileprivate var isMatrix: Bool {
        switch self {
        case .randomMatrix, .matrix: true
        case .identity, .scale, .mask, .blur, .downsample, .sign, .quantize, .fourier, .grayscale:
            false
        }
    }
}

extension JobSpec {
    /// Whether what is given says how large the pictures are.
    var tellsSize: Bool { given == .truth || !forward.contains(where: \.isMatrix) }
}

extension JobSpec {
    /// Every file that the job names, each once, in the order of the job.
    package var files: [FileReference] {
        var seen: Set<FileReference> = []
        let all =
            images.files + forward.flatMap(\.files) + noise.files
            + (prior.map { [FileReference(.model, $0.text)] } ?? []) + solvers.flatMap(\.files)
        return all.filter { seen.insert($0).inserted }
    }
}

extension ImagesSpec {
    var files: [FileReference] {
        switch self {
        case .files(let paths): paths.map { FileReference(.picture, $0) }
        case .glob(let glob): [FileReference(.pictures, glob.path)]
        case .idx(let images): [FileReference(.dataset, images.path)]
        }
    }
}

extension ForwardSpec {
    package var files: [FileReference] {
        switch self {
        case .mask(let mask), .fourier(let mask): mask.files
        case .blur(let blur):
            if case .file(let path) = blur.kernel { [FileReference(.array, path)] } else { [] }
        case .matrix(let path): [FileReference(.array, path)]
        case .identity, .scale, .downsample, .randomMatrix, .sign, .quantize, .grayscale: []
        }
    }
}

extension MaskSpec {
    var files: [FileReference] {
        switch self {
        case .image(let path): [FileReference(.picture, path)]
        case .center, .box, .keep: []
        }
    }
}

extension NoiseSpec {
    var files: [FileReference] {
        switch self {
        case .flow(let flow):
            [FileReference(.model, flow.model.text)] + (flow.pictures?.files ?? [])
        case .digits(let digits):
            [FileReference(.model, digits.model.text)] + (digits.pictures?.files ?? [])
        case .sum(let parts): parts.flatMap(\.files)
        case .none, .gaussian, .sine, .radial, .laplace, .studentT, .poisson: []
        }
    }
}

extension SolverSpec {
    var files: [FileReference] {
        switch self {
        case .unfolded(let network): [FileReference(.model, network.model.text)]
        case .map, .mle, .asim, .bora, .plugAndPlay, .lasso, .bm3d, .langevin: []
        }
    }
}

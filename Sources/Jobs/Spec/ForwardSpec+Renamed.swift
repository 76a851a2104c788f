extension ForwardSpec {
    /// The same step with another name for the file that it names.
    func renamed(_ naming: (FileReference) throws -> String) rethrows -> ForwardSpec {
        guard let file = files.first else { return self }
        switch self {
        case .mask(.image): return .mask(.image(try naming(file)))
        case .fourier(.image): return .fourier(.image(try naming(file)))
        case .blur(var blur):
            blur.kernel = .file(try naming(file))
            return .blur(blur)
        case .matrix: return .matrix(file: try naming(file))
        case .mask, .fourier, .identity, .scale, .downsample, .randomMatrix, .sign, .quantize,
            .grayscale:
            return self
        }
    }
}

import YAML

extension JobSpec {
    /// All settings but the pictures: jobs that agree in it can be solved together.
    ///
    /// It is nil for a job that has to be solved alone: one that must give the same bits twice, one
    /// whose number of pictures is not known without reading them, one that compares methods, and one
    /// with files of its own beside the pictures, which may differ under the same name.
    package var kinship: String? {
        guard !isDeterministic, rivals.isEmpty, images.areFiles,
            forward.allSatisfy(\.files.isEmpty),
            !noise.hasPlaces
        else { return nil }
        var settings = self
        settings.images = .files([])
        return settings.value.yaml
    }
}

extension ImagesSpec {
    /// Whether each is a file of the job: what a pattern fits is known by when the job is ready.
    fileprivate var areFiles: Bool {
        switch self {
        case .files, .glob: true
        case .idx: false
        }
    }
}

extension NoiseSpec {
    /// Whether it lies at places that belong to single pictures.
    fileprivate var hasPlaces: Bool {
        switch self {
        case .digits: true
        case .flow(let flow): flow.placement != .full || flow.pictures != nil
        case .sum(let parts): parts.contains(where: \.hasPlaces)
        case .none, .gaussian, .sine, .radial, .laplace, .studentT, .poisson: false
        }
    }
}

/// A table or a figure: every method at every setting on the same pictures.
///
/// The jobs of an experiment share what `job` says. A method adds its solver, a set its pictures, and
/// a sweep replaces one setting by one amount after the other.
package struct ExperimentSpec: Equatable, Sendable {
    /// What the page is called.
    package var title: String
    /// What it shows, in Markdown.
    package var description: String?
    /// Forward operator, noise, prior, preparation and seed; pictures and solver come from elsewhere.
    package var job: JobSpec
    /// At least one; names are different.
    package var pictures: [PictureSetSpec]
    /// At least one; names are different.
    package var methods: [MethodSpec]
    /// One plot each for every set of pictures; none is a single setting.
    package var sweeps: [SweepSpec]
    /// Pictures that are solved together and kept together; nil is left to the program.
    package var batch: Int?
    /// How many pictures of a set the page shows.
    package var shown: Int

    package init(
        title: String, description: String? = nil, job: JobSpec = .shared,
        pictures: [PictureSetSpec], methods: [MethodSpec], sweeps: [SweepSpec] = [],
        batch: Int? = nil, shown: Int = 6
    ) {
        self.title = title
        self.description = description
        self.job = job
        self.pictures = pictures
        self.methods = methods
        self.sweeps = sweeps
        self.batch = batch
        self.shown = shown
    }
}

extension JobSpec {
    /// What the jobs of an experiment begin with: the truth is given, so that results are scored.
    package static var shared: JobSpec {
        JobSpec(images: .files([]), given: .truth, prior: nil)
    }
}

/// Pictures that an experiment is made on.
package struct PictureSetSpec: Equatable, Sendable {
    package var name: String
    package var images: ImagesSpec
    /// What happens to them first; nil is what the experiment's job says.
    package var prepare: PrepareSpec?
    /// How they are measured; nil is what the experiment's job says.
    package var forward: [ForwardSpec]?
    package var noise: NoiseSpec?

    package init(
        name: String, images: ImagesSpec, prepare: PrepareSpec? = nil,
        forward: [ForwardSpec]? = nil, noise: NoiseSpec? = nil
    ) {
        self.name = name
        self.images = images
        self.prepare = prepare
        self.forward = forward
        self.noise = noise
    }
}

/// One of the methods that an experiment compares.
package struct MethodSpec: Equatable, Sendable {
    package var name: String
    package var solver: SolverSpec
    /// The model of clean pictures; nil is that of the experiment's job.
    package var prior: ModelReference?
    /// Amounts of a setting of which the best counts, chosen by the mean PSNR at every setting.
    package var bestOf: VariationSpec?
    /// The sets of pictures that it restores; nil is all of them.
    package var sets: [String]?

    package init(
        name: String, solver: SolverSpec, prior: ModelReference? = nil,
        bestOf: VariationSpec? = nil, sets: [String]? = nil
    ) {
        self.sets = sets
        self.name = name
        self.solver = solver
        self.prior = prior
        self.bestOf = bestOf
    }
}

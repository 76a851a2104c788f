/// Everything a job asks for, with every default filled in.
///
/// It is an immutable value that is made once, from the job file, and is written beside the
/// results as `job.resolved.yaml`. Paths are as the job file has them, relative to its folder;
/// `files` lists them. Settings that are chosen by measurement, when the problem is known, stay
/// `auto` (nil in Swift).
package struct JobSpec: Equatable, Sendable {
    /// The pictures to restore.
    package var images: ImagesSpec
    /// What the pictures are.
    package var given: Given
    /// What happens to the pictures before anything else.
    package var prepare: PrepareSpec
    /// The steps of the measurement in the order in which they are applied, at least one.
    package var forward: [ForwardSpec]
    /// What was added to the measurement.
    package var noise: NoiseSpec
    /// The model of clean pictures; nil only where the solver needs none.
    package var prior: ModelReference?
    /// How the pictures are restored.
    package var solver: SolverSpec
    /// Further methods for the same measurements, whose results are compared with those of `solver`.
    package var rivals: [SolverSpec]
    /// Where every random stream of the job begins.
    package var seed: UInt64
    /// Whether the job must give the same bits twice on one machine with one thread count.
    package var isDeterministic: Bool
    /// What is written.
    package var output: OutputSpec

    package init(
        images: ImagesSpec, given: Given = .measurement, prepare: PrepareSpec = PrepareSpec(),
        forward: [ForwardSpec] = [.identity], noise: NoiseSpec = .none, prior: ModelReference?,
        solver: SolverSpec = .map(MAPSpec()), rivals: [SolverSpec] = [], seed: UInt64 = 0,
        isDeterministic: Bool = false, output: OutputSpec = OutputSpec()
    ) {
        self.images = images
        self.given = given
        self.prepare = prepare
        self.forward = forward
        self.noise = noise
        self.prior = prior
        self.solver = solver
        self.rivals = rivals
        self.seed = seed
        self.isDeterministic = isDeterministic
        self.output = output
    }
}

extension JobSpec {
    /// Every method of the job, at least one; the first is that whose pictures are the result.
    package var solvers: [SolverSpec] {
        get { [solver] + rivals }
        set {
            guard let first = newValue.first else { return }
            solver = first
            rivals = Array(newValue.dropFirst())
        }
    }

    /// The job with the method at `index` of `solvers` alone.
    package func restoring(with index: Int) -> JobSpec {
        var job = self
        job.solvers = [solvers[index]]
        return job
    }
}

/// What the pictures of a job are.
package enum Given: String, CaseIterable, Sendable {
    /// They were measured; the truth is not known.
    case measurement
    /// They are the truth; the measurement is simulated from them and the result is scored.
    case truth
}

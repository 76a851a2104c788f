import Jobs

/// Draws jobs in which every method and setting occurs.
struct RandomJob {
    var generator: SplitMix

    init(seed: UInt64) {
        generator = SplitMix(seed: seed)
    }

    mutating func spec() -> JobSpec {
        let noise = noise()
        let solver = weighted(solver(), for: noise)
        let forward = fitting(forward(), solver)
        return JobSpec(
            images: images(), given: .truth, prepare: prepare(), forward: forward,
            noise: fitting(noise, forward), prior: solver.needsPrior || flip() ? model() : nil,
            solver: solver,
            rivals: rivals(of: solver),
            seed: generator.next(), isDeterministic: flip(),
            output: OutputSpec(images: word(), arrays: flip(), report: flip()))
    }

    /// Other methods to compare with, sometimes, that undo whatever `solver` does.
    private mutating func rivals(of solver: SolverSpec) -> [SolverSpec] {
        guard solver.needsPrior, flip() else { return [] }
        return [.bora(BoraSpec(lambda: number(10...20))), .asim(AsimSpec(gamma: number(10...20)))]
    }

    /// β by the strength of the noise, sometimes, where that can be.
    private mutating func weighted(_ solver: SolverSpec, for noise: NoiseSpec) -> SolverSpec {
        guard case .map(var map) = solver, map.iteration.optimizer != .lbfgs, noise.level != nil,
            flip()
        else { return solver }
        map.beta = .auto
        return .map(map)
    }

    private mutating func level(isAlone: Bool, _ range: ClosedRange<Double>) -> NoiseLevel {
        isAlone && flip() ? .estimate(simulated: number(range)) : .known(number(range))
    }

    private mutating func flip() -> Bool { Bool.random(using: &generator) }

    private mutating func integer(_ range: ClosedRange<Int>) -> Int {
        Int.random(in: range, using: &generator)
    }

    private mutating func number(_ range: ClosedRange<Double>) -> Double {
        Double.random(in: range, using: &generator)
    }

    private mutating func word<Word: CaseIterable>() -> Word where Word.AllCases == [Word] {
        Word.allCases[integer(0...(Word.allCases.count - 1))]
    }

    private mutating func name(_ suffix: String) -> String {
        let texts = ["a", "b c", "é", "#1", "x: y", "yes", "5", "-", "it's", "\"q\"", "sub/p"]
        return texts[integer(0...(texts.count - 1))] + "\(generator.next() % 1000)" + suffix
    }

    private mutating func model() -> ModelReference {
        ModelReference(flip() ? "faces64" : name("/mine"))
    }

    private mutating func images() -> ImagesSpec {
        switch integer(0...4) {
        case 0: .files((0..<integer(1...5)).map { name("\($0).png") })
        case 1: .glob(Glob("a b/*[!0-9]?.jpg"))
        case 2: .idx(IDXImages(path: name(".idx")))
        case 3: .idx(IDXImages(path: name(".idx"), selection: .indices([3, integer(0...9), 3])))
        default:
            .idx(
                IDXImages(
                    path: name(".idx"),
                    selection: .sample(count: integer(1...99), seed: generator.next() >> 32)))
        }
    }

    private mutating func prepare() -> PrepareSpec {
        let crop: PrepareSpec.Crop =
            switch integer(0...2) {
            case 0: .none
            case 1: .center
            default: .rectangle(rectangle())
            }
        return PrepareSpec(
            crop: crop, size: flip() ? integer(1...256) : nil, color: word(), bits: integer(1...8))
    }

    private mutating func rectangle() -> PixelRectangle {
        PixelRectangle(
            x: integer(0...9), y: integer(0...9), width: integer(1...9), height: integer(1...9))
    }

    /// Steps on pictures, then perhaps one that gives none, then those that need none.
    private mutating func forward() -> [ForwardSpec] {
        var steps = (0..<integer(1...4)).map { _ in pictureStep() }
        if flip() { steps.append(vectorStep()) }
        if flip() { steps.append(flip() ? .sign(word()) : .quantize(bits: integer(1...8))) }
        return steps
    }

    /// The steps that the solver can undo, of which the first always is one.
    private func fitting(_ steps: [ForwardSpec], _ solver: SolverSpec) -> [ForwardSpec] {
        switch solver {
        case .bm3d: return [.identity, .scale(0.5)]
        case .lasso, .unfolded, .plugAndPlay:
            return steps.filter { step in
                switch step {
                case .sign, .quantize: false
                default: true
                }
            }
        default: return steps
        }
    }

    /// Models of noise are of pictures, which not every measurement is.
    private func fitting(_ noise: NoiseSpec, _ steps: [ForwardSpec]) -> NoiseSpec {
        let measuresPicture = steps.allSatisfy { step in
            switch step {
            case .randomMatrix, .matrix, .fourier: false
            default: true
            }
        }
        switch noise {
        case .flow where !measuresPicture: return .laplace(std: 0.25)
        case .sum(let parts): return .sum(parts.map { fitting($0, steps) })
        default: return noise
        }
    }

    private mutating func pictureStep() -> ForwardSpec {
        switch integer(0...5) {
        case 0: .identity
        case 1: .scale(number(0.01...3))
        case 2: .mask(mask())
        case 3: .blur(blur())
        case 4: .downsample(DownsampleSpec(factor: integer(2...8), filter: word()))
        default: .grayscale
        }
    }

    private mutating func vectorStep() -> ForwardSpec {
        switch integer(0...2) {
        case 0:
            .randomMatrix(
                RandomMatrixSpec(
                    measurements: integer(1...9999), scaling: word(), seed: generator.next()))
        case 1: .matrix(file: name(".npy"))
        default: .fourier(mask())
        }
    }

    private mutating func mask() -> MaskSpec {
        switch integer(0...3) {
        case 0: .center(integer(1...19))
        case 1: .box(rectangle())
        case 2: .image(name(".png"))
        default: .keep(fraction: number(0.01...1), seed: generator.next())
        }
    }

    private mutating func blur() -> BlurSpec {
        let kernel: BlurSpec.Kernel =
            switch integer(0...2) {
            case 0: .gaussian(std: number(0.1...9), size: 2 * integer(0...20) + 1)
            case 1: .file(name(".npy"))
            default: .motion(length: number(1...30), angle: number(-180...180))
            }
        return BlurSpec(kernel: kernel, boundary: word())
    }

    /// Noises that fit every measurement of a picture.
    private mutating func noise() -> NoiseSpec {
        switch integer(0...6) {
        case 0: .none
        case 1: .poisson(peak: number(1...1000))
        case 2: .sum((0..<integer(2...4)).map { _ in additiveNoise(isAlone: false) })
        default: additiveNoise()
        }
    }

    private mutating func additiveNoise(isAlone: Bool = true) -> NoiseSpec {
        switch integer(0...5) {
        case 0:
            .gaussian(level(isAlone: isAlone, 0.001...1))
        case 1:
            .sine(
                SineNoiseSpec(
                    amplitude: level(isAlone: isAlone, 0.01...1), period: number(1...64),
                    axis: .measurements,
                    floor: number(0.0001...0.1)))
        case 2: .laplace(std: number(0.01...1))
        case 3:
            .studentT(
                StudentTNoiseSpec(scale: number(0.01...1), degreesOfFreedom: number(1...30)))
        default: .flow(FlowNoiseSpec(model: model(), background: number(0.001...0.1)))
        }
    }

    private mutating func iteration(_ space: IterationSpec.Space) -> IterationSpec {
        let optimizer: IterationSpec.Optimizer = word()
        return IterationSpec(
            steps: flip() ? integer(1...5000) : nil,
            learningRate: flip() && optimizer != .lbfgs ? number(0.0001...1) : nil,
            optimizer: optimizer, start: word(), restarts: integer(1...9), space: space)
    }

    private mutating func weight() -> Double? { flip() ? number(0...100) : nil }

    private mutating func map() -> MAPSpec {
        var map = MAPSpec(
            beta: weight().map { .fixed($0) } ?? .usual, iteration: iteration(word()))
        if map.iteration.space != .latent, map.iteration.optimizer != .lbfgs, flip() {
            map.windows = WindowsSpec(
                overlap: flip() ? integer(0...63) : nil, batch: flip() ? integer(1...64) : nil)
        }
        return map
    }

    private mutating func solver() -> SolverSpec {
        switch integer(0...8) {
        case 0: .map(map())
        case 1: .mle(iteration(.latent))
        case 2: .asim(AsimSpec(gamma: weight(), isSquared: flip(), iteration: iteration(.auto)))
        case 3: .bora(BoraSpec(lambda: weight(), iteration: iteration(.latent)))
        case 4: .unfolded(UnfoldedSpec(model: model(), allowsMismatch: flip()))
        case 5: .lasso(LassoSpec(lambda: number(0...9), basis: word()))
        case 6: .bm3d(std: flip() ? number(0.01...1) : nil, strength: number(0.5...1.5))
        case 7:
            .plugAndPlay(
                PlugAndPlaySpec(
                    steps: integer(1...99), step: number(0.1...2), shrinkage: number(0...9)))
        default:
            .langevin(
                LangevinSpec(
                    samples: integer(2...64), steps: flip() ? integer(10...99) : nil,
                    beta: flip() ? number(0.1...2) : nil, space: word()))
        }
    }
}

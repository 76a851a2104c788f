internal import YAML

/// To look for picture and noise beside each other asks more of a job than to take noise out.
extension JobConsistency {
    func checkSeparation(_ context: inout ReadingContext) {
        guard isClean("noise", in: context), let settings = spec.noise.separation else { return }
        guard settings.isSeparated else {
            if settings.beta != nil {
                context.report(
                    position("noise"),
                    "noise.\(spec.noise.name).beta weighs a model that is not looked for",
                    "add separate: true, or leave beta out")
            }
            return
        }
        checkMeasurementOfSeparation(&context)
    }

    /// Whether `method` looks for noise, where the job wants it looked for.
    func checkSeparation(by method: Method, _ context: inout ReadingContext) {
        guard isClean("noise", in: context), spec.noise.separation?.isSeparated == true else {
            return
        }
        guard case .map(let map) = method.solver else {
            context.report(
                method.position, "separate: true looks for noise as well, which only map does",
                "write solver: map, or leave separate out of noise.\(spec.noise.name)")
            return
        }
        guard map.windows != nil else { return }
        context.report(
            method.position,
            "windows see a part of the picture, and separate: true all of the noise",
            "leave windows out, or separate out of noise.\(spec.noise.name)")
    }

    private func checkMeasurementOfSeparation(_ context: inout ReadingContext) {
        guard isClean("forward", in: context) else { return }
        let nodes = root["forward"]?.elements ?? []
        for (index, step) in spec.forward.enumerated() {
            guard let trouble = step.troubleWithSeparation else { continue }
            context.report(
                index < nodes.count ? nodes[index].position : position("forward"),
                "separate: true is for a picture with noise added, but \(trouble)",
                "leave that step out, or separate out of noise.\(spec.noise.name)")
        }
    }
}

extension NoiseSpec {
    /// Whether and how it is looked for beside the picture; nil where it has no model to be known by.
    var separation: (isSeparated: Bool, beta: Double?)? {
        switch self {
        case .flow(let flow): (flow.isSeparated, flow.beta)
        case .digits(let digits): (digits.isSeparated, digits.beta)
        case .none, .gaussian, .sine, .radial, .laplace, .studentT, .poisson, .sum: nil
        }
    }
}

extension ForwardSpec {
    /// Why nothing can be said of the noise beside it; nil where it leaves pictures.
    fileprivate var troubleWithSeparation: String? {
        switch self {
        case .identity, .scale, .blur, .downsample, .grayscale: nil
        case .mask: "mask hides a part of both"
        case .sign: "sign leaves of a picture only signs"
        case .quantize: "quantize leaves steps, which are no noise of the model"
        case .randomMatrix: "random_matrix measures no picture"
        case .matrix: "matrix measures no picture"
        case .fourier: "fourier measures no picture"
        }
    }
}

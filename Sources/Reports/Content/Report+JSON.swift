import Arrays
import FoundationEssentials
import Images

extension Report {
    /// The text of `result.json`.
    package func resultJSON() -> String {
        result.text
    }

    /// The content of `result.json`; the names are those of `interface.md`.
    private var result: JSONValue {
        var members: [JSONValue.Member] = []
        func add(_ name: String, _ value: JSONValue) {
            members.append(.init(name: name, value: value))
        }
        add("version", JSONValue(1))
        add("job", .string(job.name))
        add("id", .string(job.id))
        add("status", .string(job.status.rawValue))
        add("started", .string(run.started.formatted(.iso8601)))
        add("finished", .string(run.finished.formatted(.iso8601)))
        add("seconds", JSONValue(run.seconds))
        add("device", .string(run.device))
        add("threads", JSONValue(run.threads))
        add("seed", JSONValue(run.seed))
        let software = run.software.map { ($0.name, JSONValue.string($0.version)) }
        add("software", JSONValue(naming: software))
        add("model", model?.json ?? .null)
        add("settings", settings)
        add("timings", JSONValue(naming: run.stages.map { ($0.name, JSONValue($0.seconds)) }))
        add("images", .array(images.map(\.json)))
        add("mean", .object(mean?.members ?? []))
        if !comparison.isEmpty { add("comparison", .array(comparison.map(\.json))) }
        add("warnings", .array(warnings.map(JSONValue.string)))
        return .object(members)
    }
}

extension ComparedMethod {
    fileprivate var json: JSONValue {
        var members: [JSONValue.Member] = [
            .init(name: "method", value: .string(title)),
            .init(name: "solver", value: solver), .init(name: "plan", value: plan),
            .init(name: "model", value: model.map(JSONValue.string) ?? .null),
        ]
        if let failure {
            members.append(.init(name: "failure", value: .string(failure)))
        } else {
            members += [
                .init(name: "seconds_per_picture", value: JSONValue(secondsPerPicture)),
                .init(name: "mean", value: .object(mean?.members ?? [])),
                .init(name: "images", value: .array(images.map(\.json))),
            ]
        }
        return .object(members)
    }
}

extension JSONValue {
    /// An object; of several values with one name the last stays, as readers refuse doubles.
    fileprivate init(naming values: [(String, JSONValue)]) {
        var members: [Member] = []
        for (name, value) in values {
            members.removeAll { $0.name == name }
            members.append(Member(name: name, value: value))
        }
        self = .object(members)
    }
}

extension ModelFacts {
    fileprivate var json: JSONValue {
        JSONValue([
            "name": .string(name), "sha256": .string(sha256), "bits_per_dim": JSONValue(bitsPerDim),
        ])
    }
}

extension ImageReport {
    fileprivate var json: JSONValue {
        var members = [JSONValue.Member(name: "name", value: .string(name))]
        members += score?.members ?? []
        func add(_ name: String, _ value: JSONValue?) {
            guard let value else { return }
            members.append(.init(name: name, value: value))
        }
        add("objective", objective.map { JSONValue($0) })
        add("iterations", JSONValue(iterations))
        add("seconds", JSONValue(seconds))
        add("log_likelihood", logLikelihood.map { JSONValue($0) })
        add("bits_per_dim", bitsPerDim.map { JSONValue($0) })
        add("prior_quantile", standing.map { JSONValue($0.prior) })
        add("latent_quantile", standing.map { JSONValue($0.latents) })
        add("noise_log_likelihood", noise.logLikelihood.map { JSONValue($0) })
        add("noise_bits_per_dim", noise.bitsPerDim.map { JSONValue($0) })
        add("remainder", noise.remainder.map { JSONValue($0) })
        add("noise_quantile", standing?.noise.map { JSONValue($0) })
        add("width", JSONValue(pictures.restored.width))
        add("height", JSONValue(pictures.restored.height))
        add("channels", JSONValue(pictures.restored.channels))
        add("restored", .string(files.restored))
        add("measurement", files.measurement.map { .string($0) })
        add("noise", files.noise.map { .string($0) })
        add("deviation", files.deviation.map { .string($0) })
        add("interval", files.interval.map { .string($0) })
        add("samples", files.samples.map { .string($0) })
        add("posterior", posterior?.json)
        add("noise_found", noiseFound?.json)
        add("beta_found", betaFound.map { JSONValue($0) })
        add("noise_scale", pictures.noise.map { JSONValue($0.scale) })
        add("deviation_scale", pictures.deviation.map { JSONValue($0.scale) })
        add("warnings", .array(warnings.map(JSONValue.string)))
        return .object(members)
    }
}

extension Score {
    /// The numbers that are known, under their names in `result.json`.
    fileprivate var members: [JSONValue.Member] {
        let numbers: KeyValuePairs = [
            "psnr": psnr, "ssim": ssim, "psnr_input": psnrInput, "psnr_covered": psnrCovered,
            "psnr_input_covered": psnrInputCovered, "psnr_noise": psnrNoise,
        ]
        return numbers.compactMap { name, number in
            number.map { .init(name: name, value: JSONValue($0)) }
        }
    }
}

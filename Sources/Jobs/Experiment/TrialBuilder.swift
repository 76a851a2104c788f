internal import YAML

/// Puts the jobs of an experiment together, and reports the amounts that do not fit.
struct TrialBuilder {
    let spec: ExperimentSpec
    /// The file, for the positions of mistakes; nil for an experiment that was not read from one.
    let root: YAMLNode?

    func trials(_ context: inout ReadingContext) -> [TrialSpec] {
        var trials: [TrialSpec] = []
        for set in spec.pictures.indices {
            if spec.sweeps.isEmpty { trials += self.trials(set, nil, &context) }
            for (index, sweep) in spec.sweeps.enumerated() {
                for place in sweep.variation.amounts.indices {
                    trials += self.trials(set, (index, place), &context)
                }
            }
        }
        return trials
    }

    /// The jobs of all methods at one amount of a sweep.
    private func trials(
        _ set: Int, _ point: (sweep: Int, place: Int)?, _ context: inout ReadingContext
    ) -> [TrialSpec] {
        let variation = point.map { spec.sweeps[$0.sweep].variation }
        let node = point.flatMap { root?["sweeps"]?.elements?[at: $0.sweep] }
        return spec.methods(on: set).flatMap { method -> [TrialSpec] in
            var job = spec.job(method: method, set: set)
            let name = spec.methods[method].name
            if let variation, let point {
                job = varied(job, variation, point.place, node, name, &context)
            }
            let amount = point.flatMap { variation?.amounts[$0.place] }
            func trial(_ job: JobSpec, _ variant: Double?) -> TrialSpec {
                TrialSpec(
                    set: set, method: method, sweep: point?.sweep, amount: amount,
                    variant: variant, job: job)
            }
            guard let best = spec.methods[method].bestOf else { return [trial(job, nil)] }
            let own = root?["methods"]?.elements?[at: method]?["best_of"]
            return best.amounts.indices.map { place in
                let variant = varied(job, best, place, own, name, &context)
                return trial(variant, best.amounts[place])
            }
        }
    }

    /// `job` with an amount at every place that it has.
    private func varied(
        _ job: JobSpec, _ variation: VariationSpec, _ place: Int, _ node: YAMLNode?,
        _ method: String, _ context: inout ReadingContext
    ) -> JobSpec {
        let amounts = node?["values"] ?? node?["factors"]
        let position = amounts?.elements?[at: place]?.position ?? .unknown(spec.title)
        var value = job.value
        for path in variation.settings {
            guard let found = value.value(at: path.steps[...]) else { continue }
            guard let amount = amount(variation, place, of: found) else {
                context.report(
                    position, "\(path.text) of \(method) is no number that could be multiplied",
                    "give it a number there, or write values instead of factors")
                continue
            }
            value = value.replacing(path.steps[...], with: .number(amount)) ?? value
        }
        return reread(value, at: position, &context) ?? job
    }

    private func amount(
        _ variation: VariationSpec, _ place: Int, of found: YAMLValue
    ) -> Double? {
        guard variation.isRelative else { return variation.amounts[place] }
        return found.asNumber.map { $0 * variation.amounts[place] }
    }

    /// The job that `value` says, read by the rules of job files.
    private func reread(
        _ value: YAMLValue, at position: YAMLPosition, _ context: inout ReadingContext
    ) -> JobSpec? {
        guard let node = YAMLDocument(reading: Array(value.yaml.utf8), file: "").root else {
            return nil
        }
        var own = ReadingContext(policy: context.policy)
        let job = JobSpec.rule.read(node.moved(to: position), &own)
        for issue in own.issues { context.report(issue.position, issue.problem, issue.remedy) }
        return own.issues.isEmpty ? job : nil
    }
}

extension YAMLPosition {
    /// The beginning of what is no file.
    fileprivate static func unknown(_ name: String) -> YAMLPosition {
        YAMLPosition(file: name, line: 1, column: 1)
    }
}

extension Array {
    /// The element at `index`, nil where there is none.
    subscript(at index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}

extension YAMLNode {
    /// The same tree with `position` for every node.
    fileprivate func moved(to position: YAMLPosition) -> YAMLNode {
        switch content {
        case .scalar, .refused: YAMLNode(content, at: position)
        case .sequence(let elements):
            YAMLNode(.sequence(elements.map { $0.moved(to: position) }), at: position)
        case .mapping(let entries):
            YAMLNode(
                .mapping(
                    entries.map {
                        YAMLEntry($0.key, at: position, $0.value.moved(to: position))
                    }), at: position)
        }
    }
}

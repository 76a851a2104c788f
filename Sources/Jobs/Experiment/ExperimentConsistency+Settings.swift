internal import YAML

extension ExperimentConsistency {
    /// Varied settings that no job has.
    func checkSettings(_ context: inout ReadingContext) {
        let all = spec.methods.indices.map(jobs)
        for (index, sweep) in spec.sweeps.enumerated() {
            let node = root["sweeps"]?.elements?[at: index]?["vary"]
            check(sweep.variation, in: all.flatMap(\.self), "sweeps[\(index)].vary", node, &context)
        }
        for (index, method) in spec.methods.enumerated() {
            guard let best = method.bestOf else { continue }
            let node = root["methods"]?.elements?[at: index]?["best_of"]?["vary"]
            check(best, in: all[index], "methods[\(index)].best_of.vary", node, &context)
            checkConflicts(of: best, index, node, &context)
        }
    }

    /// The jobs of a method, on every set that it restores.
    private func jobs(of method: Int) -> [JobSpec] {
        spec.pictures.indices.filter { spec.methods(on: $0).contains(method) }.map {
            spec.job(method: method, set: $0)
        }
    }

    /// Settings that a sweep varies too, in vain: the variant has the last word.
    private func checkConflicts(
        of best: VariationSpec, _ method: Int, _ node: YAMLNode?, _ context: inout ReadingContext
    ) {
        for (index, sweep) in spec.sweeps.enumerated() {
            for (place, path) in best.settings.enumerated()
            where sweep.variation.settings.contains(path) {
                let position = (node?.elements?[at: place] ?? node ?? root).position
                context.report(
                    position,
                    "methods[\(method)].best_of.vary is \(path.text), which sweeps[\(index)] varies too",
                    "vary another setting, or leave one of them out")
            }
        }
    }

    private func check(
        _ variation: VariationSpec, in jobs: [JobSpec], _ name: String, _ node: YAMLNode?,
        _ context: inout ReadingContext
    ) {
        let values = jobs.map(\.value)
        for (place, path) in variation.settings.enumerated() {
            guard values.allSatisfy({ $0.value(at: path.steps[...]) == nil }) else { continue }
            let position = (node?.elements?[at: place] ?? node ?? root).position
            context.report(
                position, "\(name) is \(path.text), which no job of the experiment has",
                Self.advice(on: path, in: values))
        }
    }

    /// The nearest setting to the first step of `path` that leads nowhere.
    private static func advice(on path: SettingPath, in values: [YAMLValue]) -> String {
        let reached = values.map { value in
            let count = path.steps.indices.last { value.value(at: path.steps[..<$0]) != nil } ?? 0
            return (count: count, keys: value.value(at: path.steps[..<count])?.keys ?? [])
        }
        let most = reached.map(\.count).max() ?? 0
        let keys = reached.filter { $0.count == most }.flatMap(\.keys)
        let known = keys.enumerated().filter { keys.firstIndex(of: $1) == $0 }.map(\.element)
        guard !known.isEmpty else { return "name a setting that is a number" }
        if case .key(let word) = path.steps[most],
            let nearest = Suggestion.nearest(to: word, among: known)
        {
            return "did you mean \(nearest)?"
        }
        return "the settings there are \(known.joined(separator: ", "))"
    }
}

internal import YAML

/// Finds settings of an experiment that are right each by itself but not together.
struct ExperimentConsistency {
    let spec: ExperimentSpec
    let root: YAMLNode

    func check(_ context: inout ReadingContext) {
        guard root.entries != nil else { return }
        checkNames("methods", spec.methods.map(\.name), &context)
        checkNames("pictures", spec.pictures.map(\.name), &context)
        checkSets(&context)
        for index in spec.sweeps.indices { checkSweep(index, &context) }
        for (index, method) in spec.methods.enumerated() {
            guard let best = method.bestOf else { continue }
            let node = root["methods"]?.elements?[at: index]?["best_of"]
            checkRepetition(of: best, "methods[\(index)].best_of", node, &context)
        }
        // Below, mistakes that stand above would be reported for every job once more.
        guard context.issues.isEmpty else { return }
        checkJobs(&context)
        checkSettings(&context)
        guard context.issues.isEmpty else { return }
        checkAmounts(&context)
    }

    private func checkNames(
        _ key: String, _ names: [String], _ context: inout ReadingContext
    ) {
        var seen: Set<String> = []
        for (index, name) in names.enumerated() where !seen.insert(name).inserted && name != "" {
            let node = root[key]?.elements?[at: index]
            context.report(
                (node?["name"] ?? node ?? root).position, "\(key)[\(index)].name is \(name) again",
                "choose another name")
        }
    }

    /// Sets that a method names and that there are not.
    private func checkSets(_ context: inout ReadingContext) {
        let names = spec.pictures.map(\.name)
        for (index, method) in spec.methods.enumerated() {
            let nodes = root["methods"]?.elements?[at: index]?["sets"]?.elements
            for (place, name) in (method.sets ?? []).enumerated() where !names.contains(name) {
                context.report(
                    (nodes?[at: place] ?? root).position,
                    "methods[\(index)].sets[\(place)] is \(name), which no set of pictures is called",
                    "write one of \(names.joined(separator: ", "))")
            }
        }
    }

    private func checkSweep(_ index: Int, _ context: inout ReadingContext) {
        let sweep = spec.sweeps[index]
        let node = root["sweeps"]?.elements?[at: index]
        let amounts = sweep.variation.amounts
        let list = node?["values"] ?? node?["factors"]
        checkRepetition(of: sweep.variation, "sweeps[\(index)]", node, &context)
        for (place, amount) in amounts.enumerated()
        where sweep.scale == .logarithmic && amount <= 0 && !amounts[..<place].contains(amount) {
            let position = (list?.elements?[at: place] ?? node ?? root).position
            let name = "sweeps[\(index)].\(sweep.variation.isRelative ? "factors" : "values")"
            context.report(
                position, "\(name)[\(place)] has no place on a logarithmic axis",
                "write a number above 0, or scale: linear")
        }
        for (place, amount) in sweep.shown.enumerated() where !amounts.contains(amount) {
            let position = (node?["shown"]?.elements?[at: place] ?? node ?? root).position
            context.report(
                position, "sweeps[\(index)].shown[\(place)] is none of the amounts of the sweep",
                "write one of \(amounts.map(Self.text).joined(separator: ", "))")
        }
    }

    /// Amounts that are there twice: their pictures would count twice.
    private func checkRepetition(
        of variation: VariationSpec, _ owner: String, _ node: YAMLNode?,
        _ context: inout ReadingContext
    ) {
        let amounts = variation.amounts
        let list = node?["values"] ?? node?["factors"]
        let name = "\(owner).\(variation.isRelative ? "factors" : "values")"
        for (place, amount) in amounts.enumerated() where amounts[..<place].contains(amount) {
            let position = (list?.elements?[at: place] ?? node ?? root).position
            context.report(position, "\(name)[\(place)] is there twice", "write it once")
        }
    }

    /// Every job without its varied settings, by the rules of jobs.
    private func checkJobs(_ context: inout ReadingContext) {
        var seen: [YAMLIssue] = []
        for set in spec.pictures.indices {
            for method in spec.methods(on: set) {
                var own = ReadingContext(policy: context.policy)
                JobConsistency(
                    spec: spec.job(method: method, set: set), root: tree(method: method, set: set)
                ).check(&own)
                for issue in own.issues where !seen.contains(issue) {
                    seen.append(issue)
                    context.report(issue.position, issue.problem, issue.remedy)
                }
            }
        }
    }

    /// The nodes of one job, at their places in the file.
    private func tree(method: Int, set: Int) -> YAMLNode {
        let method = root["methods"]?.elements?[at: method]
        let set = root["pictures"]?.elements?[at: set]
        var entries = root["job"]?.entries ?? []
        for (key, owner) in [
            ("prior", method), ("solver", method), ("images", set), ("prepare", set),
            ("forward", set), ("noise", set),
        ] {
            guard let value = owner?[key] else { continue }
            entries.removeAll { $0.key == key }
            entries.append(YAMLEntry(key, at: value.position, value))
        }
        let position = method?.position ?? root.position
        return YAMLNode(.mapping(entries), at: position)
    }

    /// Every amount, by the rules of the setting that it is for.
    private func checkAmounts(_ context: inout ReadingContext) {
        var own = ReadingContext(policy: context.policy)
        _ = TrialBuilder(spec: spec, root: root).trials(&own)
        var seen: [YAMLIssue] = []
        for issue in own.issues where !seen.contains(issue) {
            seen.append(issue)
            context.report(issue.position, issue.problem, issue.remedy)
        }
    }

    private static func text(_ number: Double) -> String {
        number == number.rounded() && number.magnitude < 1e15 ? "\(Int(number))" : "\(number)"
    }
}

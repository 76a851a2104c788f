import Arrays
import Foundation
import Jobs
import Models
import Reports
import Tensors
import YAML

extension ExperimentRunner {
    /// What has been found, with the pictures that the page shows.
    ///
    /// - Throws: `TorchError` or `ArrayError`.
    func report(
        _ plan: ExperimentPlan, started: Date, seconds: Double
    ) throws -> ExperimentReport {
        let spec = order.spec
        let rows = plan.trials.flatMap(rows)
        let methods = try methods()
        let run = RunFacts(
            started: started, finished: Date(), seconds: seconds,
            device: order.device.description, threads: order.threads, seed: spec.job.seed,
            software: try Self.versions(order.software))
        return ExperimentReport(
            name: order.name, title: spec.title, description: spec.description, run: run,
            sets: spec.pictures.enumerated().map { index, set in
                .init(name: set.name, count: pictureCount(of: index, plan))
            },
            methods: methods,
            sweeps: spec.sweeps.map(Self.sweep), rows: rows,
            failures: failures.map(failure), models: models(plan), blocks: blocks(plan),
            settings: try JSONValue(parsing: spec.value.json, context: order.name),
            limit: order.limit, isPartial: !ExperimentReport.isWhole(methods, rows))
    }

    private func methods() throws -> [ExperimentReport.Method] {
        try order.spec.methods.map { method in
            ExperimentReport.Method(
                name: method.name, prior: (method.prior ?? order.spec.job.prior)?.text,
                variants: method.bestOf?.amounts ?? [],
                settings: try JSONValue(parsing: method.value.json, context: method.name))
        }
    }

    /// Writes tables, page and the experiment with every default filled in.
    ///
    /// - Throws: `ArrayError` or `ImageError`.
    func write(_ report: ExperimentReport) throws {
        let files: KeyValuePairs = [
            "experiment.resolved.yaml": order.spec.value.yaml, "results.csv": report.csv(),
            "summary.json": report.summaryJSON(), "report.html": try report.html(),
        ]
        for (name, text) in files {
            try OutputFile.write([UInt8](text.utf8), to: "\(order.output)/\(name)")
        }
    }

    private func pictureCount(of set: Int, _ plan: ExperimentPlan) -> Int {
        plan.trials.lazy.filter { $0.trial.set == set }.map(\.pictures.count).max() ?? 0
    }

    private func rows(_ planned: PlannedTrial) -> [ExperimentReport.Row] {
        let trial = planned.trial
        return planned.names.indices.compactMap { place in
            guard let cell = cells[planned.names[place].cell] else { return nil }
            return ExperimentReport.Row(
                set: trial.set, method: trial.method, sweep: trial.sweep, amount: trial.amount,
                variant: trial.variant, number: place, picture: planned.pictures[place].source,
                score: cell.score, objective: cell.objective, iterations: cell.iterations,
                seconds: cell.seconds,
                computer: .init(device: cell.device, threads: cell.threads),
                warnings: cell.warnings,
                cell: planned.names[place].cell)
        }
    }

    private func failure(_ failed: FailedTrial) -> ExperimentReport.Failure {
        let trial = failed.trial
        return ExperimentReport.Failure(
            set: trial.set, method: trial.method, sweep: trial.sweep, amount: trial.amount,
            variant: trial.variant, reason: JobFailure(explaining: failed.error).message)
    }

    /// The models that jobs name, each once.
    private func models(_ plan: ExperimentPlan) -> [ModelFacts] {
        var seen: Set<FileReference> = []
        let files = plan.trials.flatMap { trial in
            trial.trial.job.files.filter { $0.kind == .model && seen.insert($0).inserted }
        }
        return files.compactMap { file in
            // A model that cannot be read made its trials fail, which the report says.
            guard let path = try? reader.place(of: file, remedy: ""),
                let folder = try? ModelFolder(reading: path)
            else { return nil }
            let description = folder.description
            return ModelFacts(
                name: description.name, sha256: description.weights.sha256,
                bitsPerDim: description.bitsPerDimension,
                summary: "\(description.weights.parameters) parameters")
        }
    }

    private static func sweep(_ sweep: SweepSpec) -> ExperimentReport.Sweep {
        let amounts = sweep.variation.amounts
        return ExperimentReport.Sweep(
            setting: sweep.variation.settings.map(\.text).joined(separator: ", "),
            label: sweep.axisLabel, scale: sweep.scale == .linear ? .linear : .logarithmic,
            amounts: amounts,
            shown: sweep.shown.isEmpty ? [amounts[amounts.count / 2]] : sweep.shown)
    }

    private static func versions(_ software: String) throws -> [RunFacts.Software] {
        let parts = software.split(separator: " ").map(String.init)
        return [
            .init(name: parts.first ?? "sluice", version: parts.last ?? ""),
            .init(name: "libtorch", version: try TorchProcess.version()),
        ]
    }
}

// MARK: Pictures

extension ExperimentRunner {
    /// The pictures of every shown amount, set by set.
    private func blocks(_ plan: ExperimentPlan) -> [ExperimentReport.Block] {
        order.spec.pictures.indices.flatMap { set -> [ExperimentReport.Block] in
            let sweeps = order.spec.sweeps.map(Self.sweep)
            guard !sweeps.isEmpty else { return [block(plan, set, nil, nil)] }
            return sweeps.enumerated().flatMap { index, sweep in
                sweep.shown.map { block(plan, set, index, $0) }
            }
        }.filter { !$0.pictures.isEmpty }
    }

    private func block(
        _ plan: ExperimentPlan, _ set: Int, _ sweep: Int?, _ amount: Double?
    ) -> ExperimentReport.Block {
        let trials = plan.trials.filter {
            $0.trial.set == set && $0.trial.sweep == sweep && $0.trial.amount == amount
        }
        let most = min(order.spec.shown, trials.map(\.pictures.count).max() ?? 0)
        let pictures = (0..<most).map { shown($0, trials) }
        return ExperimentReport.Block(set: set, sweep: sweep, amount: amount, pictures: pictures)
    }

    private func shown(_ place: Int, _ trials: [PlannedTrial]) -> ExperimentReport.Shown {
        let names = trials.first { place < $0.names.count }?.names[place]
        return ExperimentReport.Shown(
            name: trials.first { place < $0.pictures.count }?.pictures[place].source ?? "",
            truth: names.flatMap { folder.picture(.truths, $0.truth) },
            measurement: names.flatMap { folder.picture(.measurements, $0.measurement) },
            restored: trials.compactMap { planned in
                guard place < planned.names.count,
                    let cell = folder.cell(planned.names[place].cell)
                else { return nil }
                return ExperimentReport.Restored(
                    method: planned.trial.method, variant: planned.trial.variant,
                    picture: cell.picture, score: cell.score)
            })
    }
}

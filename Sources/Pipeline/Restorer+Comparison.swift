import Arrays
import Jobs
import Models
import Reports
import YAML

extension Restorer {
    /// Every method of a job that compares several, whose pictures go into folders of their own;
    /// nothing for other jobs.
    ///
    /// - Parameters:
    ///   - errand: The job.
    ///   - images: What became of its pictures with the first method.
    ///   - others: What came of the other methods.
    ///   - folder: Where their pictures are written.
    /// - Returns: The methods in the order of the job.
    /// - Throws: `ArrayError`, `ImageError`, `SolverError` or `TorchError`.
    func comparison(
        of errand: Errand, _ images: [ImageReport], _ others: [Rival.Outcome],
        in folder: inout ResultFolder
    ) throws -> [ComparedMethod] {
        guard !others.isEmpty else { return [] }
        defer { folder.place = "" }
        let titles = SolverSpec.titles(of: errand.spec.solvers)
        var methods = [
            try errand.job.compared(titles[0], by: errand.solver, .images(images))
        ]
        for (place, (rival, outcome)) in zip(errand.rivals, others).enumerated() {
            folder.place = "compared/\(place + 2)-\(rival.job.spec.solver.name)/"
            methods.append(
                try rival.job.compared(
                    titles[place + 1], by: rival.solver, written(outcome, of: rival, in: &folder)))
        }
        return methods
    }

    private func written(
        _ outcome: Rival.Outcome, of rival: Rival, in folder: inout ResultFolder
    ) throws -> ComparedMethod.Outcome {
        switch outcome {
        case .success(let results):
            .images(
                try results.map { result in
                    try folder.write(
                        result, bits: rival.job.bitsPerDimension(result.logLikelihood))
                })
        case .failure(let error): .failure(JobFailure(explaining: error).message)
        }
    }
}

extension PreparedJob {
    fileprivate func compared(
        _ title: String, by solver: any DescribedSolver, _ outcome: ComparedMethod.Outcome
    ) throws -> ComparedMethod {
        let settings = try JSONValue(parsing: spec.value.json, context: "settings")
        return ComparedMethod(
            title: title, solver: settings["solver"] ?? .null, plan: try plan(of: solver),
            model: prior?.folder.description.name, outcome: outcome)
    }
}

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
    ///   - plan: What its first method chose where it was free to.
    ///   - images: What became of its pictures with the first method.
    ///   - others: What came of the other methods.
    ///   - folder: Where their pictures are written.
    /// - Returns: The methods in the order of the job.
    /// - Throws: `ArrayError` when files cannot be written or `CocoaError` when they cannot be removed.
    func comparison(
        of errand: Errand, _ plan: JSONValue, _ images: [ImageReport],
        _ others: [Rival.Outcome], in folder: inout ResultFolder
    ) throws -> [ComparedMethod] {
        guard !others.isEmpty else { return [] }
        defer { folder.place = "" }
        var methods = [
            try errand.job.compared(errand.titles[0], plan, .images(images))
        ]
        for (place, (rival, outcome)) in zip(errand.rivals, others).enumerated() {
            folder.place = "compared/\(place + 2)-\(rival.job.spec.solver.name)/"
            methods.append(
                try rival.job.compared(
                    errand.titles[place + 1], rival.plan,
                    written(outcome, of: rival, in: &folder)))
        }
        return methods
    }

    private func written(
        _ outcome: Rival.Outcome, of rival: Rival, in folder: inout ResultFolder
    ) throws -> ComparedMethod.Outcome {
        do {
            let results = try outcome.get()
            try results.checkObjectives(of: rival.job.spec.solver)
            return .images(
                try results.map { result in
                    try folder.write(
                        result, bits: rival.job.bitsPerDimension(result.logLikelihood))
                })
        } catch let error as ArrayError {
            // A disk that is full is no fault of the method.
            throw error
        } catch {
            try folder.discardPlace()
            return .failure(JobFailure(explaining: error).message)
        }
    }
}

extension PreparedJob {
    fileprivate func compared(
        _ title: String, _ plan: JSONValue, _ outcome: ComparedMethod.Outcome
    ) throws -> ComparedMethod {
        let settings = try JSONValue(parsing: spec.value.json, context: "settings")
        return ComparedMethod(
            title: title, solver: settings["solver"] ?? .null, plan: plan,
            model: prior?.folder.description.name, outcome: outcome)
    }
}

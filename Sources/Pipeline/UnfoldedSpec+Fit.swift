import Jobs
import Models

extension UnfoldedSpec {
    /// What a user must know who restores with a network that was trained for another measurement;
    /// nil when it was trained for this one.
    ///
    /// - Throws: `JobFault` when the job does not allow it.
    func caveat(
        for measurement: MeasurementText?, _ model: ModelShelf.Entry
    ) throws(JobFault) -> String? {
        guard let measurement, let trained = model.folder.description.restoration else {
            return nil
        }
        var differences: [String] = []
        if trained.forward != measurement.forward {
            differences.append("forward \(trained.forward), not \(measurement.forward)")
        }
        if trained.noise != measurement.noise {
            differences.append("noise \(trained.noise), not \(measurement.noise)")
        }
        guard !differences.isEmpty else { return nil }
        let difference =
            "the network \(self.model.text) was trained for \(differences.joined(separator: ", and "))"
        guard allowsMismatch else {
            throw JobFault(
                .unfitModel(
                    difference,
                    remedy: "choose a network for this measurement, another solver, or write "
                        + "allow_mismatch: true to be warned only"),
                at: .key("solver")["unfolded"]["model"])
        }
        return difference
    }
}

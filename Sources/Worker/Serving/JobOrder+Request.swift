package import Jobs
package import Pipeline

extension JobOrder {
    /// The order that the daemon's `request` is: nothing may be read but what it names.
    ///
    /// - Throws: `JobFailure` when the device is not there.
    package init(_ request: WorkerRequest.Solve) throws(JobFailure) {
        guard let choice = DeviceChoice(rawValue: request.device) else {
            throw JobFailure(
                .environment, "device.missing", "there is no device \(request.device)",
                hint: "write auto, cpu or cuda")
        }
        self.init(
            name: request.job, id: request.id, jobFile: request.jobFile, folder: request.inputs,
            policy: .confined(datasets: request.datasets, models: request.models),
            output: request.output, device: try choice.device(), threads: max(1, request.threads),
            limits: request.limits, picturePrefix: "inputs/")
    }
}

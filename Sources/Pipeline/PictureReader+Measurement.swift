import Arrays
import Jobs

extension PictureReader {
    /// What stands for a measurement: a file by its content, wherever it is and whatever it is called.
    ///
    /// - Throws: `PipelineError` when a file is not there, `ArrayError` when it cannot be read.
    func measurementText(
        of forward: [ForwardSpec], _ noise: NoiseSpec, remedy: String = "put it beside the job"
    ) throws -> MeasurementText {
        try MeasurementText(forward: forward, noise: noise) { file in
            let place = try place(of: file, remedy: remedy)
            return "sha256:" + (try SHA256.hexadecimal(of: InputFile(place)))
        }
    }
}

package import Jobs
import Physics
package import Solvers
package import Tensors

extension UnfoldingSpec {
    /// What stands for the measurement and its noise, with which a network remembers them.
    ///
    /// - Parameter folder: the folder of the recipe, from which it names files.
    /// - Returns: their text.
    /// - Throws: `JobFault` when a file is not there.
    package func task(folder: String) throws -> MeasurementText {
        let remedy = "put it beside the recipe"
        return try JobFault.at(.key("unfolding")["forward"], remedy: remedy) {
            try PictureReader(policy: .user, folder: folder, limits: .init())
                .measurementText(of: forward, noise, remedy: remedy)
        }
    }

    /// The measurements that an unfolded network learns from.
    ///
    /// - Parameters:
    ///   - imageShape: channels, height and width of the pictures.
    ///   - folder: the folder of the recipe, from which it names files.
    ///   - device: where pictures will be.
    /// - Returns: what makes measurements of pictures.
    /// - Throws: `PhysicsError` when the measurement or its noise does not fit the pictures, and
    ///   the errors of files and tensors.
    package func simulation(
        imageShape: [Int], folder: String, on device: Device
    ) throws -> Simulation {
        let reader = PictureReader(policy: .user, folder: folder, limits: .init())
        let steps = try forward.forwardOperator(
            for: imageShape, at: .key("unfolding")["forward"],
            files: OperatorFiles(pictures: reader, device: device))
        guard let linear = steps as? any LinearOperator else {
            throw PipelineError(
                .mismatch(
                    "the measurement is not linear", remedy: "leave out sign and quantize"),
                in: "unfolding.forward")
        }
        let shape = try linear.outputShape(for: imageShape)
        var shelf = ModelShelf()
        let noise = try NoiseBuilder(
            pictures: reader, streams: RandomStreams(seed: 0), device: device, count: 1,
            measurementShape: shape, isSimulated: true
        ).noise(noise, at: .key("unfolding")["noise"], shelf: &shelf).simulation
        try noise.validate(shape)
        return Simulation(forward: linear, noise: noise)
    }
}

package import Arrays
package import Tensors

/// A model made of another program's weights.
package struct ConvertedModel: Sendable {
    package var architecture: Architecture
    /// Channels, height and width of a picture.
    package var imageShape: [Int]
    /// The depth of the pictures that the model was trained on.
    package var bits: Int
    /// The weights under our names.
    package var weights: [String: HostArray]
    /// How the variant was detected, when the file does not name it.
    package var detection: VariantDetection?
    /// What a user should know, one sentence each.
    package var notes: [String]

    package init(
        architecture: Architecture, imageShape: [Int], bits: Int, weights: [String: HostArray],
        detection: VariantDetection? = nil, notes: [String] = []
    ) {
        self.architecture = architecture
        self.imageShape = imageShape
        self.bits = bits
        self.weights = weights
        self.detection = detection
        self.notes = notes
    }

    /// The flow with these weights, as it would be trained.
    ///
    /// - Throws: `ParameterError` with every tensor that does not fit, or `TorchError`.
    package func flow(_ type: DataType = .float32, on device: Device = .cpu) throws -> Flow {
        try flow(in: store(type, on: device))
    }

    /// The weights, for a flow.
    func store(_ type: DataType = .float32, on device: Device = .cpu) -> ParameterStore {
        ParameterStore(stored: weights, source: "converted weights", on: device, type)
    }

    /// The flow with the weights in `store`.
    func flow(in store: ParameterStore) throws -> Flow {
        let flow = try architecture.flow(imageShape: imageShape, in: store.root)
        try store.finish()
        return flow
    }

    /// What makes pictures with these weights, as it would be trained.
    ///
    /// - Throws: `ParameterError` with every tensor that does not fit, or `TorchError`.
    package func generator(
        _ type: DataType = .float32, on device: Device = .cpu
    ) throws -> (generator: any PictureGenerator, parameters: Int) {
        let store = store(type, on: device)
        let generator = try architecture.generator(imageShape: imageShape, in: store.root)
        try store.finish()
        return (generator, store.ordered.reduce(0) { $0 + $1.count })
    }

    /// The number of weights, with those that are not trained.
    package var parameters: Int { weights.values.reduce(0) { $0 + $1.count } }
}

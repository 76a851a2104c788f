import Models
import Tensors

/// Where the pictures of a noise model lie on the measurements of a batch, element by element.
///
/// Samples may have different numbers of patches: the list of each is filled up to the longest with
/// patches that are nowhere.
struct PatchLayout {
    /// The patches of a sample, with those that are nowhere.
    let count: Int
    /// 1 for the patches that there are, `[batch · count]`.
    let present: Tensor
    /// 1 where patches lie, like a measurement.
    let covered: Tensor
    /// For every element of every patch its place among those of the batch; nil where each sample has
    /// one patch that is all of it.
    private let places: Tensor?
    /// For every element of the batch its place among those of the patches, the one after the last
    /// where there is none.
    private let sources: Tensor?
    /// Of a patch and a batch.
    private let patchShape: [Int]
    private let shape: [Int]

    /// The layout of the patches of `noise`, for each sample `count` or as many as the longest list has.
    ///
    /// - Throws: `TorchError` when memory is short.
    init(_ noise: FlowNoise, count: Int = 0, like measurement: Tensor) throws(TorchError) {
        patchShape = noise.model.imageShape
        shape = measurement.shape
        guard case .patches(let lists) = noise.placement else {
            self.count = 1
            covered = try measurement.detached().filled(with: 1)
            present = try Tensor.full(
                [shape[0]], 1, measurement.dataType(), on: measurement.device())
            places = nil
            sources = nil
            return
        }
        let size = shape.dropFirst().reduce(1, *)
        let patchSize = patchShape.reduce(1, *)
        let most = max(noise.mostPatches, count)
        var places = [Int](repeating: 0, count: lists.count * most * patchSize)
        var sources = [Int](repeating: places.count, count: lists.count * size)
        var present = [Double](repeating: 0, count: lists.count * most)
        for (sample, list) in lists.enumerated() {
            for (number, patch) in list.enumerated() {
                let place = sample * most + number
                present[place] = 1
                let indices = noise.indices(of: patch, in: Array(shape.dropFirst()))
                for (element, index) in indices.enumerated() {
                    places[place * patchSize + element] = sample * size + index
                    sources[sample * size + index] = place * patchSize + element
                }
            }
        }
        let nowhere = places.count
        self.count = most
        self.present = try Tensor(present, shape: [lists.count * most])
            .converted(to: measurement.dataType()).moved(to: measurement.device())
        covered = try Tensor(sources.map { $0 == nowhere ? 0.0 : 1 }, shape: shape)
            .converted(to: measurement.dataType()).moved(to: measurement.device())
        self.places = try Tensor(indices: places).moved(to: measurement.device())
        self.sources = try Tensor(indices: sources).moved(to: measurement.device())
    }

    /// What the patches show of `values`, `[batch · count, channel, height, width]`.
    ///
    /// - Throws: `TorchError` when the shape does not fit.
    func cut(_ values: Tensor) throws(TorchError) -> Tensor {
        guard let places else { return values }
        return try values.reshaped(to: [-1]).elements(at: places)
            .reshaped(to: [-1] + patchShape)
    }

    /// `patches` where they lie and 0 elsewhere, like a measurement.
    ///
    /// - Throws: `TorchError` when the shape does not fit.
    func placed(_ patches: Tensor) throws(TorchError) -> Tensor {
        guard let sources else { return patches }
        let values = try patches.reshaped(to: [-1])
        let zero = try values.slice(0..<1, along: 0).detached().filled(with: 0)
        return try Tensor.concatenated([values, zero], along: 0).elements(at: sources)
            .reshaped(to: shape)
    }
}

extension FlowNoise {
    /// The most patches that a sample has.
    var mostPatches: Int {
        guard case .patches(let lists) = placement else { return 1 }
        return lists.map(\.count).max() ?? 0
    }
}

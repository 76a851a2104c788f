package import Arrays

/// All parameters of one model by name, made or loaded while its layers are built.
///
/// A layer asks its `ParameterScope` for each tensor once. When weights are loaded, everything
/// missing, unexpected or misshapen is collected and thrown together by `finish`.
package final class ParameterStore {
    private enum Origin {
        case random(Generator)
        case stored([String: HostArray])
        case shared([String: Tensor])
    }

    /// The names in the order in which layers asked for them.
    package private(set) var names: [String] = []
    package private(set) var tensors: [String: Tensor] = [:]
    /// What is stored with the parameters but not trained, such as the running moments of a batch
    /// norm, by name.
    package private(set) var buffers: [String: Tensor] = [:]
    private var problems: [ParameterError.Problem] = []
    private var origin: Origin
    private let source: String
    private let device: Device
    private let dataType: DataType
    private let isTrainable: Bool

    /// Fresh parameters that can be trained.
    package init(
        random generator: Generator, on device: Device = .cpu, _ dataType: DataType = .float32
    ) {
        origin = .random(generator)
        source = "new model"
        self.device = device
        self.dataType = dataType
        isTrainable = true
    }

    /// Parameters from stored weights; `source` names them in errors.
    package init(
        stored: [String: HostArray], source: String, isTrainable: Bool = false,
        on device: Device = .cpu, _ dataType: DataType = .float32
    ) {
        origin = .stored(stored)
        self.source = source
        self.device = device
        self.dataType = dataType
        self.isTrainable = isTrainable
    }

    /// The parameters of another model of the same architecture, or one that reads them otherwise,
    /// without a copy.
    package init(sharing other: ParameterStore) {
        origin = .shared(other.tensors.merging(other.buffers) { first, _ in first })
        source = other.source
        device = other.device
        dataType = other.dataType
        isTrainable = false
    }

    /// Where names begin.
    package var root: ParameterScope { ParameterScope(store: self, path: "") }

    /// All tensors, in the order of `names`.
    package var ordered: [Tensor] { names.compactMap { tensors[$0] } }

    func parameter(
        _ name: String, _ shape: [Int], _ initializer: Initializer
    ) throws(TorchError) -> Tensor {
        let placed = try placed(name, shape, initializer)
        names.append(name)
        tensors[name] = isTrainable ? try placed?.leaf() : placed
        if let tensor = tensors[name] { return tensor }
        return try standIn(name, shape, in: &tensors)
    }

    func buffer(
        _ name: String, _ shape: [Int], _ initializer: Initializer
    ) throws(TorchError) -> Tensor {
        buffers[name] = try placed(name, shape, initializer)?.copy()
        if let buffer = buffers[name] { return buffer }
        return try standIn(name, shape, in: &buffers)
    }

    func drawn(_ shape: [Int], _ initializer: Initializer) throws(TorchError) -> Tensor? {
        guard case .random(var generator) = origin else { return nil }
        let tensor = try initializer.tensor(shape, from: &generator)
        origin = .random(generator)
        return tensor
    }

    /// What stands in until `finish` throws; takes no memory, whatever the shape.
    private func standIn(
        _ name: String, _ shape: [Int], in place: inout [String: Tensor]
    ) throws(TorchError) -> Tensor {
        let tensor = try Tensor.zeros([], dataType, on: device).expanded(to: shape)
        place[name] = tensor
        return tensor
    }

    private func isTaken(_ name: String) -> Bool { tensors[name] != nil || buffers[name] != nil }

    /// The first values of `name`, where the model computes; nil when there are none.
    private func placed(
        _ name: String, _ shape: [Int], _ initializer: Initializer
    ) throws(TorchError) -> Tensor? {
        if isTaken(name) { problems.append(.duplicate(name: name)) }
        return try start(name, shape, initializer)?.converted(to: dataType).moved(to: device)
    }

    /// The values that a parameter begins with, nil when the stored ones do not match.
    private func start(
        _ name: String, _ shape: [Int], _ initializer: Initializer
    ) throws(TorchError) -> Tensor? {
        switch origin {
        case .random(var generator):
            let tensor = try initializer.tensor(shape, from: &generator)
            origin = .random(generator)
            return tensor
        case .shared(let tensors):
            guard let tensor = tensors[name] else {
                problems.append(.missing(name: name, shape: shape))
                return nil
            }
            guard tensor.shape == shape else {
                problems.append(.misshapen(name: name, expected: shape, found: tensor.shape))
                return nil
            }
            return tensor
        case .stored(let arrays):
            guard let array = arrays[name] else {
                problems.append(.missing(name: name, shape: shape))
                return nil
            }
            guard array.shape == shape else {
                problems.append(.misshapen(name: name, expected: shape, found: array.shape))
                return nil
            }
            guard let numbers = try? array.converted(to: .float32) else {
                problems.append(.wrongType(name: name, found: array.elementType))
                return nil
            }
            if numbers.nonFiniteCount > 0 { problems.append(.nonFinite(name: name)) }
            return try Tensor(numbers)
        }
    }

    /// Ends the building of the model.
    ///
    /// - Throws: `ParameterError` with everything that did not match.
    package func finish() throws(ParameterError) {
        if case .stored(let arrays) = origin {
            for (name, array) in arrays.sorted(by: { $0.key < $1.key }) where !isTaken(name) {
                problems.append(.unexpected(name: name, shape: array.shape))
            }
        }
        guard problems.isEmpty else {
            throw ParameterError(source: source, problems: problems)
        }
    }
}

import Arrays
import Foundation
import Tensors

/// The tensors of a checkpoint on their way to our names.
///
/// Everything that is wrong is collected and thrown together by `finish`.
struct TensorTransfer {
    typealias Change = (Tensor) throws(TorchError) -> Tensor

    let format: CheckpointFormat
    private let tensors: [String: HostArray]
    /// What stands before every name, `module.` in files of parallel trainings.
    ///
    /// Tensors outside of it, the state of an optimiser perhaps, are left alone.
    private let prefix: String
    private var untouched: Set<String>
    private(set) var weights: [String: HostArray] = [:]
    private var problems: [ParameterError.Problem] = []

    /// The tensors of `format`, of which at least one name begins with `marker`, after what
    /// programs put around a state dictionary.
    init(_ tensors: [String: HostArray], _ format: CheckpointFormat, marker: String) {
        let prefix = tensors.keys.compactMap { Self.wrapping(of: $0, before: marker) }.min() ?? ""
        self.format = format
        self.prefix = prefix
        let inside = tensors.filter { $0.key.hasPrefix(prefix) }
            .map { (String($0.key.dropFirst(prefix.count)), $0.value) }
        self.tensors = Dictionary(inside) { first, _ in first }
        untouched = Set(self.tensors.keys)
    }

    /// What stands in `name` before `marker` when it is nothing but wrapping, such as `net.module.`.
    private static func wrapping(of name: String, before marker: String) -> String? {
        guard let place = name.range(of: marker) else { return nil }
        let wrappers: Set<Substring> = ["module", "net", "model", "state_dict", "ema"]
        let before = name[..<place.lowerBound]
        return before.isEmpty
            || (before.last == "." && before.split(separator: ".").allSatisfy(wrappers.contains))
            ? String(before) : nil
    }

    /// The names in the file, without a prefix.
    var names: [String] { tensors.keys.sorted() }

    func has(_ name: String) -> Bool { tensors[name] != nil }

    /// The shape of `name`, nil when it has not as many axes, or absurd ones.
    func shape(of name: String, axes: Int) -> [Int]? {
        guard let shape = tensors[name]?.shape, shape.count == axes,
            shape.allSatisfy(Architecture.lengths.contains)
        else { return nil }
        return shape
    }

    /// Takes a convolution's weight and bias, their rows through `change`.
    mutating func moveConvolution(
        _ name: String, _ shape: [Int], hasBias: Bool = true, to target: String,
        _ change: Change = { (tensor) throws(TorchError) in tensor }
    ) throws(TorchError) {
        try move("\(name).weight", shape, to: "\(target).weight", change)
        if hasBias { try move("\(name).bias", [shape[0]], to: "\(target).bias", change) }
    }

    /// Takes `name`, which must have `shape`, to our name `target` through `change`.
    mutating func move(
        _ name: String, _ shape: [Int], to target: String,
        _ change: Change = { (tensor) throws(TorchError) in tensor }
    ) throws(TorchError) {
        guard let tensor = try take(name, shape) else { return }
        try put(change(tensor), as: target)
    }

    /// Keeps `tensor` as our `target`.
    mutating func put(_ tensor: Tensor, as target: String) throws(TorchError) {
        weights[target] = try tensor.contiguous().hostArray()
    }

    /// The tensor `name`, which must have `shape`; nil when it is not right.
    mutating func take(_ name: String, _ shape: [Int]) throws(TorchError) -> Tensor? {
        untouched.remove(name)
        guard let array = tensors[name] else {
            problems.append(.missing(name: prefix + name, shape: shape))
            return nil
        }
        guard array.shape == shape else {
            problems.append(
                .misshapen(name: prefix + name, expected: shape, found: array.shape))
            return nil
        }
        // Whatever the reason, these are no weights.
        guard let numbers = try? array.converted(to: .float32) else {
            problems.append(.wrongType(name: prefix + name, found: array.elementType))
            return nil
        }
        let tensor = try Tensor(numbers)
        if try !tensor.isAllFinite() { problems.append(.nonFinite(name: prefix + name)) }
        return tensor
    }

    /// Leaves `name` behind when it is there: it says nothing about the model.
    mutating func leave(_ name: String) { untouched.remove(name) }

    /// Ends the transfer.
    ///
    /// - Throws: `ConversionError` with everything that did not match.
    func finish() throws(ConversionError) {
        let unexpected = untouched.sorted().map { name in
            ParameterError.Problem.unexpected(
                name: prefix + name, shape: tensors[name]?.shape ?? [])
        }
        guard problems.isEmpty, unexpected.isEmpty else {
            throw ConversionError(format, .tensors(problems + unexpected))
        }
    }
}

extension Tensor {
    /// The rows 0, 2, 4, … and then 1, 3, 5, ….
    func evenRowsFirst() throws(TorchError) -> Tensor {
        try .concatenated(
            [every(2, from: 0, along: 0), every(2, from: 1, along: 0)], along: 0)
    }

    /// The second half of the rows and then the first.
    func halvesExchanged() throws(TorchError) -> Tensor {
        let middle = shape[0] / 2
        return try .concatenated(
            [slice(middle..<shape[0], along: 0), slice(0..<middle, along: 0)], along: 0)
    }
}

import Models
import Tensors

/// A map with a mistake, to show that a law notices it.
struct BrokenBijection: Bijection {
    typealias Map = @Sendable (Tensor) throws(TorchError) -> Mapped

    var encoding: Map = { (x) throws(TorchError) in try scaled(x, by: 2) }
    var decoding: Map = { (z) throws(TorchError) in try scaled(z, by: 0.5) }
    var whenFrozen: (any Bijection)?

    func encode(_ x: Tensor) throws(TorchError) -> Mapped { try encoding(x) }

    func decode(_ z: Tensor) throws(TorchError) -> Mapped { try decoding(z) }

    func frozen() throws(TorchError) -> any Bijection { whenFrozen ?? self }

    /// Every element times `factor`, with the volume change of a map by `claimed`.
    static func scaled(
        _ x: Tensor, by factor: Double, claimed: Double? = nil
    ) throws(TorchError) -> Mapped {
        let count = Double(x.shape.dropFirst().reduce(1, *))
        let volume = try Tensor(scalar: claimed ?? factor, x.dataType()).log() * count
        return Mapped(
            try x * factor, logDeterminant: try volume.reshaped(to: [1]).expanded(to: [x.shape[0]]))
    }
}

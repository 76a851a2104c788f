package import Tensors

/// The hyper-parameters of a family of networks that make pictures.
package protocol ArchitectureSettings: Codable, Sendable, Equatable {
    /// The smallest factor by which the sides of a picture must be divisible.
    var sideFactor: Int { get }

    /// Whether every number is in its range; they may come from any file.
    var isSensible: Bool { get }

    /// The settings in words, for people.
    var summary: String { get }

    /// What makes pictures of `imageShape`, its parameters in `scope`.
    ///
    /// - Throws: `TorchError` when it cannot make pictures of `imageShape` or memory is short.
    func generator(
        imageShape: [Int], in scope: ParameterScope
    ) throws(TorchError) -> any PictureGenerator
}

extension ArchitectureSettings {
    package var sideFactor: Int { 1 }
}

package import Tensors

/// The hyper-parameters of a family of flows.
package protocol FlowSettings: ArchitectureSettings {
    /// The flow over pictures of `imageShape`, its parameters in `scope`.
    ///
    /// - Throws: `TorchError` when memory is short.
    func flow(imageShape: [Int], in scope: ParameterScope) throws(TorchError) -> Flow
}

extension FlowSettings {
    package func generator(
        imageShape: [Int], in scope: ParameterScope
    ) throws(TorchError) -> any PictureGenerator {
        try flow(imageShape: imageShape, in: scope)
    }
}

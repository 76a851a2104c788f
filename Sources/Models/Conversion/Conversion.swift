package import Arrays
import Tensors

/// Turns the tensors of another program's checkpoint into a model of ours.
package struct Conversion: Sendable {
    package let format: CheckpointFormat
    package let options: ConversionOptions

    package init(format: CheckpointFormat, options: ConversionOptions = .init()) {
        self.format = format
        self.options = options
    }

    /// The model, every hyper-parameter read from the names and shapes of `tensors`.
    ///
    /// - Throws: `ConversionError` with everything that is missing, unexpected or misshapen, or
    ///   `TorchError`.
    package func converted(tensors: [String: HostArray]) throws -> ConvertedModel {
        switch format {
        case .glowIP:
            try GlowIPConversion(tensors, options).model()
        case .glowPyTorch:
            try GlowPyTorchConversion(tensors, options).model()
        case .normflows:
            try NormflowsConversion(tensors, options).model()
        case .realNVP:
            try RealNVPConversion(tensors, options).model()
        case .safetensors, .npz:
            try MappedConversion(tensors, options, format).model()
        case .dcgan:
            try DCGANConversion(tensors, options).model()
        case .vaeMNIST:
            try VAEConversion(tensors, options).model()
        }
    }
}

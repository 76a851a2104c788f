/// Whose weights a checkpoint holds.
package enum CheckpointFormat: String, Codable, Sendable, CaseIterable {
    /// Glow of CACTuS-AI/GlowIP, also as copied by joint-diffusion.
    case glowIP = "glowip"
    /// RealNVP of chrischute/real-nvp.
    case realNVP = "real-nvp"
    /// Glow of rosinality/glow-pytorch.
    case glowPyTorch = "glow-pytorch"
    /// MultiscaleFlow of VincentStimper/normalizing-flows, put together as a Glow.
    case normflows
    /// The generator of PyTorch's DCGAN tutorial, also GlowIP's.
    case dcgan
    /// The variational autoencoder of csinva/gan-vae-pretrained-pytorch.
    case vaeMNIST = "vae-mnist"
    /// Any tensors under our names, or with a map to them.
    case safetensors, npz
}

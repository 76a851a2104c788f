extension ConvertedModel {
    /// The same network for smaller pictures, their sides halved while they are above `side`.
    ///
    /// The weights of a Glow do not depend on the size of the pictures, and that its layers are
    /// bijections and how they change volumes is as true on small pictures, at a fraction of the
    /// cost. How likely pictures are is another matter: a squeeze by memory mixes those of another
    /// size otherwise. Other networks stay as they are.
    package func reduced(to side: Int) -> ConvertedModel {
        let isConvolutional =
            switch architecture {
            case .glow, .glowIP, .glowPyTorch: true
            // Base distributions of normflows have a mean for every pixel.
            case .realNVP, .batchNormRealNVP, .normflows, .dcgan, .vae, .unfolded: false
            }
        var model = self
        let factor = 2 * architecture.sideFactor
        while isConvolutional,
            model.imageShape.dropFirst().allSatisfy({ $0 > side && $0.isMultiple(of: factor) })
        {
            for axis in 1..<imageShape.count { model.imageShape[axis] /= 2 }
        }
        return model
    }
}

import Models

extension Architecture {
    /// Floating-point operations of the convolutions of one pass of one picture of `imageShape`.
    ///
    /// A multiplication and an addition are two. The gradient with respect to the picture takes
    /// as many again, that with respect to the weights too.
    func convolutionOperations(imageShape: [Int]) -> Double {
        let (channels, height, width) = (imageShape[0], imageShape[1], imageShape[2])
        switch self {
        case .glow(let settings):
            return settings.operations(channels, Double(height * width))
        case .realNVP(let settings):
            return settings.operations(channels, Double(height * width))
        case .dcgan(let settings):
            return settings.operations(channels, side: height)
        case .glowIP, .glowPyTorch, .normflows, .batchNormRealNVP, .vae, .unfolded:
            // Neither benched nor, some, made of convolutions throughout.
            return 0
        }
    }
}

extension DCGANSettings {
    fileprivate func operations(_ imageChannels: Int, side: Int) -> Double {
        // Every layer but the first halves the channels while it makes four pixels of one.
        var (channels, pixels, total) = (imageChannels, side * side / 4, 0)
        var inputs = width
        while pixels >= 16 {
            total += pixels * 16 * inputs * channels
            (channels, inputs, pixels) = (inputs, inputs * 2, pixels / 4)
        }
        return 2 * Double(total + 16 * latent * channels)
    }
}

extension GlowSettings {
    fileprivate func operations(_ imageChannels: Int, _ imagePixels: Double) -> Double {
        var (channels, pixels, total) = (imageChannels, imagePixels, 0.0)
        for level in 0..<levels {
            let isLast = level == levels - 1
            (channels, pixels) = (channels * 4, pixels / 4)
            // 3×3 of the half that steers, 1×1, 3×3, and the mixing of all channels.
            let outputs = coupling == .affine ? channels : channels / 2
            let network = 9 * (channels / 2) * hidden + hidden * hidden + 9 * hidden * outputs
            var weights = (isLast ? lastSteps : steps) * (network + channels * channels)
            if !isLast {
                channels /= 2
                if splitPrior == .learned { weights += 9 * channels * 2 * channels }
            }
            total += 2 * pixels * Double(weights)
        }
        return total
    }
}

extension RealNVPSettings {
    fileprivate func operations(_ imageChannels: Int, _ imagePixels: Double) -> Double {
        var (channels, pixels, total) = (imageChannels, imagePixels, 0.0)
        for scale in 0..<scales {
            let isLast = scale == scales - 1
            let boards = (isLast ? 4 : 3) * weights(inputs: channels + 1, outputs: 2 * channels)
            total += 2 * pixels * Double(boards)
            guard !isLast else { break }
            (channels, pixels) = (channels * 4, pixels / 4)
            total += 2 * pixels * Double(3 * weights(inputs: channels / 2, outputs: channels))
            channels /= 2
        }
        return total
    }

    /// The weights of a coupling network's convolutions: 3×3, blocks of 3×3 and 1×1, 3×3.
    private func weights(inputs: Int, outputs: Int) -> Int {
        9 * inputs * width + blocks * 10 * width * width + 9 * width * outputs
    }
}

import Arrays
import Models
import TensorSupport
import Tensors
import Testing

/// Converted generators make the pictures that the originals make.
@Suite(
    .timeLimit(.minutes(20)),
    .enabled(if: PublishedGolden.root != nil, "SLUICE_DATA names no folder with data"))
struct GeneratorGoldenTests {
    private func dcgan(_ file: String) throws -> (ConvertedModel, GoldenTensors) {
        let golden = try PublishedGolden("dcgan", "ngf8_nz100")
        let model = try Conversion(format: .dcgan).converted(tensors: golden.checkpoint(file))
        return (model, try golden.arrays("io.npz"))
    }

    private func vae() throws -> (VAE, GoldenTensors) {
        let golden = try PublishedGolden("csinva_mnist", ".")
        let model = try Conversion(format: .vaeMNIST)
            .converted(tensors: golden.checkpoint("vae_epoch_25.pth"))
        return (
            try #require(model.generator().generator as? VAE), try golden.arrays("vae_io.npz")
        )
    }

    @Test(arguments: ["dcgan_G.pt", "dcgan_G_legacy.pt"])
    func `a DCGAN makes the pictures of PyTorch's`(_ file: String) throws {
        let (model, golden) = try dcgan(file)
        #expect(model.architecture == .dcgan(DCGANSettings(latent: 100, width: 8)))
        #expect(model.imageShape == [3, 64, 64])
        let frozen = try model.generator().generator.frozenGenerator()
        let tolerance = Tolerance(absolute: 2e-5)
        let z = try golden["z"].reshaped(to: [2, 100]).leaf()
        let pictures = try frozen.generate(z)
        try expectClose(pictures, golden["image_01"], tolerance: tolerance)
        let error = try (pictures - golden["target_01"]).square().sum()
        #expect(try abs(error.item() - golden["sq_error"].item()) < 1e-4 * error.item())
        try expectClose(
            error.gradients(of: [z])[0].reshaped(to: [2, 100, 1, 1]),
            golden["grad_z_of_sq_error"], tolerance: Tolerance(relative: 1e-4))
    }

    @Test func `by the moments of the batch the pictures are others`() throws {
        let (model, golden) = try dcgan("dcgan_G.pt")
        let pictures = try model.generator().generator
            .generate(golden["z"].reshaped(to: [2, 100]))
        let expected = try golden["image_01"]
        withKnownIssue {
            try expectClose(pictures, expected, tolerance: Tolerance(absolute: 2e-5))
        }
    }

    @Test func `an autoencoder decodes and encodes as the original does`() throws {
        let (vae, golden) = try vae()
        let tolerance = Tolerance(absolute: 1e-5)
        let frozen = try vae.frozenGenerator()
        let z = try golden["z"].leaf()
        let decoded = try frozen.generate(z).reshaped(to: [16, 784])
        try expectClose(decoded, golden["decoder_sigmoid"], tolerance: tolerance)
        let x = try golden["x_u8"].converted(to: .float32).reshaped(to: [32, 1, 28, 28]) / 255
        let (mean, logVariance) = try vae.moments(of: x)
        try expectClose(mean, golden["mu"], tolerance: Tolerance(absolute: 1e-4))
        try expectClose(logVariance, golden["logvar"], tolerance: Tolerance(absolute: 1e-4))
        try expectClose(
            frozen.generate(mean).reshaped(to: [32, 784]), golden["decoded_mu"],
            tolerance: Tolerance(absolute: 1e-4))
        let targets = try x.reshaped(to: [32, 784]).slice(0..<16, along: 0)
        let error = try (decoded - targets).square().sum()
        try expectClose(
            error.gradients(of: [z])[0], golden["grad_z_of_sq_error_to_first16"],
            tolerance: Tolerance(relative: 1e-4))
    }

    @Test func `weights of something else are named`() throws {
        let golden = try PublishedGolden("csinva_mnist", ".")
        let lenet = try golden.checkpoint("lenet_epoch=12_test_acc=0.991.pth")
        for format in [CheckpointFormat.dcgan, .vaeMNIST] {
            let error = #expect(throws: ConversionError.self) {
                try Conversion(format: format).converted(tensors: lenet)
            }
            guard case .otherFormat = error?.reason else {
                Issue.record("not told as another format: \(String(describing: error))")
                continue
            }
        }
    }

    @Test func `missing, unexpected and misshapen tensors are all told`() throws {
        let golden = try PublishedGolden("dcgan", "ngf8_nz100")
        var tensors = try golden.checkpoint("dcgan_G.pt")
        tensors["main.4.bias"] = nil
        tensors["main.5.weight"] = HostArray([1] as [Float], shape: [1])
        tensors["main.7.running_var"] = HostArray([1] as [Float], shape: [1])
        let error = #expect(throws: ConversionError.self) {
            try Conversion(format: .dcgan).converted(tensors: tensors)
        }
        guard case .tensors(let problems) = error?.reason else {
            Issue.record("told otherwise: \(String(describing: error))")
            return
        }
        #expect(problems.count == 3)
    }
}

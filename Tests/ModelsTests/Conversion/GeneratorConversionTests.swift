import Arrays
import Models
import Tensors
import Testing

@Suite(.timeLimit(.minutes(20))) struct GeneratorConversionTests {
    /// The tutorial's generator of pictures with a side of 4 · 2^doublings.
    private func dcgan(doublings: Int, width: Int = 2) throws -> MadeUpCheckpoint {
        var file = MadeUpCheckpoint()
        var inputs = 5
        for layer in 0..<doublings {
            let outputs = width << (doublings - 1 - layer)
            try file.add("main.\(3 * layer).weight", [inputs, outputs, 4, 4])
            for part in ["weight", "bias", "running_mean"] {
                try file.add("main.\(3 * layer + 1).\(part)", [outputs])
            }
            file.tensors["main.\(3 * layer + 1).running_var"] =
                try Tensor.ones([outputs]).hostArray()
            inputs = outputs
        }
        try file.add("main.\(3 * doublings).weight", [inputs, 1, 4, 4])
        return file
    }

    private func vae(_ count: Int = 12) throws -> MadeUpCheckpoint {
        var file = MadeUpCheckpoint()
        let layers = [("fc1", count, 7), ("fc21", 7, 3), ("fc22", 7, 3), ("fc3", 3, 7)]
        for (name, inputs, outputs) in layers + [("fc4", 7, count)] {
            try file.add("\(name).weight", [outputs, inputs])
            try file.add("\(name).bias", [outputs])
        }
        return file
    }

    private func convert(
        _ format: CheckpointFormat, _ tensors: [String: HostArray], size: [Int]? = nil
    ) throws -> ConvertedModel {
        var options = ConversionOptions()
        options.size = size
        return try Conversion(format: format, options: options).converted(tensors: tensors)
    }

    @Test(arguments: [2, 3, 5])
    func `the side of a DCGAN's pictures is read from its layers`(_ doublings: Int) throws {
        let model = try convert(.dcgan, dcgan(doublings: doublings).tensors)
        #expect(model.imageShape == [1, 4 << doublings, 4 << doublings])
        #expect(model.architecture == .dcgan(.init(latent: 5, width: 2)))
        let pictures = try model.generator().generator.generate(Tensor.zeros([2, 5]))
        #expect(pictures.shape == [2] + model.imageShape)
    }

    @Test func `an autoencoder's pictures are square unless it is said`() throws {
        #expect(try convert(.vaeMNIST, vae(16).tensors).imageShape == [1, 4, 4])
        #expect(try convert(.vaeMNIST, vae(12).tensors, size: [3, 4]).imageShape == [1, 3, 4])
        #expect(throws: ConversionError.self) { try convert(.vaeMNIST, vae(12).tensors) }
    }

    @Test func `everything that is wrong is listed at once`() throws {
        for (format, file, missing) in [
            (CheckpointFormat.dcgan, try dcgan(doublings: 2), "main.4.running_var"),
            (.vaeMNIST, try vae(16), "fc22.bias"),
        ] {
            var tensors = file.tensors
            tensors[missing] = nil
            let extra = format == .dcgan ? "main.4.more" : "fc5.weight"
            tensors[extra] = HostArray([1] as [Float], shape: [1])
            let error = #expect(throws: ConversionError.self) { try convert(format, tensors) }
            guard case .tensors(let problems) = error?.reason else {
                Issue.record("\(error as Any)")
                return
            }
            #expect(problems.count == 2)
            #expect("\(error as Any)".contains(missing) && "\(error as Any)".contains(extra))
        }
    }

    @Test func `files of other programs are refused`() throws {
        let other = try MadeUpCheckpoint.glowIP().tensors
        for format in [CheckpointFormat.dcgan, .vaeMNIST] {
            let high = HostArray([1] as [Float], shape: [1, 1, 1, 1])
            for tensors in [[:], other, ["main.0.weight": high, "main.9999.weight": high]] {
                let error = #expect(throws: ConversionError.self) { try convert(format, tensors) }
                guard case .otherFormat = error?.reason else {
                    Issue.record("\(error as Any)")
                    return
                }
            }
        }
    }
}

import Arrays
import Models
import TensorSupport
import Tensors
import Testing

@Suite(.timeLimit(.minutes(20))) struct RealNVPConversionTests {
    private func convert(_ tensors: [String: HostArray]) throws -> ConvertedModel {
        var options = ConversionOptions()
        options.size = [8, 12]
        return try Conversion(format: .realNVP, options: options).converted(tensors: tensors)
    }

    @Test(arguments: ["", "module.", "net.", "net.module."], [true, false])
    func `every age and wrapping of a file is read`(_ prefix: String, _ isNewer: Bool) throws {
        var file = try MadeUpCheckpoint.realNVP(
            scales: 3, blocks: 2, width: 2, prefix: prefix, isNewer: isNewer)
        if prefix.hasPrefix("net.") { try file.add("optimizer.state.0.exp_avg", [3]) }
        let model = try convert(file.tensors)
        #expect(
            model.architecture
                == .batchNormRealNVP(.init(scales: 3, blocks: 2, width: 2, margin: 0.1)))
        #expect(model.imageShape == [3, 8, 12])
        #expect(model.bits == 8)
        #expect(try model.flow().latentShapes == [[6, 4, 6], [12, 2, 3], [12, 2, 3]])
    }

    @Test func `names of both ages give the same model`() throws {
        let older = try convert(MadeUpCheckpoint.realNVP().tensors)
        let newer = try convert(MadeUpCheckpoint.realNVP(isNewer: true).tensors)
        let isEqual = older.weights == newer.weights
        #expect(isEqual)
    }

    @Test func `everything that is wrong is listed at once, named as in the file`() throws {
        var tensors = try MadeUpCheckpoint.realNVP(prefix: "net.module.").tensors
        let names = [
            "net.module.flows.next_block.in_couplings.3.rescale.weight_g",
            "net.module.flows.out_couplings.2.st_net.blocks.0.out_norm.running_var",
        ]
        tensors[names[0]] = nil
        tensors[names[1]] = HostArray([1] as [Float], shape: [1])
        let extra = "net.module.flows.out_couplings.3.rescale.weight_g"
        tensors[extra] = HostArray([1] as [Float], shape: [1])
        let error = #expect(throws: ConversionError.self) { try convert(tensors) }
        #expect(
            error?.reason
                == .tensors([
                    .misshapen(name: names[1], expected: [8], found: [1]),
                    .missing(name: names[0], shape: [6, 1, 1]),
                    .unexpected(name: extra, shape: [1]),
                ]))
    }

    @Test func `files of other programs are refused`() throws {
        for tensors in [[:], try MadeUpCheckpoint.glowIP().tensors] {
            let error = #expect(throws: ConversionError.self) { try convert(tensors) }
            guard case .otherFormat = error?.reason else {
                Issue.record("\(error as Any)")
                return
            }
        }
    }

    @Test func `too many scales are no model`() throws {
        var file = try MadeUpCheckpoint.realNVP()
        let name = "flows" + String(repeating: ".next_block", count: 40) + ".x"
        for depth in 2..<41 {
            try file.add("flows" + String(repeating: ".next_block", count: depth) + ".x", [1])
        }
        try file.add(name, [1])
        let error = #expect(throws: ConversionError.self) { try convert(file.tensors) }
        guard case .impossible = error?.reason else {
            Issue.record("\(error as Any)")
            return
        }
    }
}

import Arrays
import Foundation
import Models
import Tensors
import Testing

/// Every model in `Models/` of the repository.
@Suite(.timeLimit(.minutes(30))) struct ShippedModelTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Models").path

    /// The path of every folder with a description.
    private static var models: [String] {
        // A checkout without models has nothing to test.
        let entries = (try? FolderEntry.all(in: folder)) ?? []
        return entries.map { "\(folder)/\($0.name)" }.sorted()
            .filter { InputFile.exists("\($0)/\(ModelFolder.descriptionFile)") }
    }

    /// How many latents of every model are decoded, which takes half a minute on two cores.
    ///
    /// `sluice model verify NAME --samples 10000` decodes 10,000, in one to three minutes.
    private static let count = 2500

    @Test func `there are models`() {
        #expect(Self.models.count >= 4)
    }

    @Test(arguments: models)
    func `latents within ±6 decode to finite pictures`(_ path: String) throws {
        let folder = try ModelFolder(reading: path)
        let model = try folder.generator()
        var random = RandomStreams(seed: 6)["latents"]
        var left = Self.count
        while left > 0 {
            let count = min(left, 50)
            let z = try (random.normal([count, model.dimensions]) * 2).clamped(-6, 6)
            try withoutGradient {
                if let flow = model as? Flow {
                    let picture = try flow.decode(z)
                    #expect(try picture.value.isAllFinite())
                    #expect(try picture.logDeterminant.isAllFinite())
                } else {
                    #expect(try model.generate(z).isAllFinite())
                }
            }
            left -= count
        }
    }

    @Test(arguments: models)
    func `the corners of ±6 decode to finite pictures`(_ path: String) throws {
        let model = try ModelFolder(reading: path).generator()
        var random = RandomStreams(seed: 7)["corners"]
        let signs = try random.normal([20, model.dimensions]).sign() * 6
        let same = try Tensor.full([1, model.dimensions], 6)
        let z = try Tensor.concatenated([signs, same, -same], along: 0)
        #expect(try withoutGradient { try model.generate(z) }.isAllFinite())
    }
}

import Foundation
import Images
import Jobs
import Models
import Pipeline
import Solvers
import Tensors
import Testing
import Worker

/// What holds of the folds of the networks that come along, and not only of small ones.
@Suite(.timeLimit(.minutes(20))) struct TrainedFoldsTests {
    private static let networks = [
        "unfolded-denoise-0.1", "unfolded-denoise-0.2", "unfolded-inpaint-19", "unfolded-deblur-5",
    ]
    private static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// A network that comes along, with two faces and their measurements.
    private struct World {
        let store: ParameterStore
        let network: UnfoldedNetwork
        let faces: Tensor
        let measurement: Tensor

        init(_ name: String) throws {
            let root = TrainedFoldsTests.root
            let folder = try ModelFolder(reading: root.appending(path: "Models/\(name)").path)
            guard case .unfolded(let settings) = folder.description.architecture else {
                throw TorchError(operation: "test", message: "\(name) is no unfolded network")
            }
            store = ParameterStore(stored: try folder.weights(), source: name, isTrainable: true)
            let model = try settings.model(imageShape: [3, 64, 64], in: store.root)
            try store.finish()
            let recipes = root.appending(path: "etc/recipes")
            let recipe = try RecipeSpec.read(path: recipes.appending(path: "\(name).yaml").path)
            let simulation = try #require(
                try recipe.unfolding?.simulation(
                    imageShape: [3, 64, 64], folder: recipes.path, on: .cpu))
            network = UnfoldedNetwork(model, measuredBy: simulation.forward)
            faces = try .stacked(
                (0..<2).map { index in
                    let file = root.appending(
                        path: "etc/jobs/faces-by-unfolding/drawn-\(index).png")
                    let picture = try Picture(
                        decoding: [UInt8](Data(contentsOf: file)), name: "face")
                    return try Tensor(picture.floats())
                })
            var random = Generator(seed: 1)
            measurement = try simulation.measured(faces, from: &random)
        }

        func gradients(_ method: GradientMethod) throws -> (UnfoldedNetwork.Pass, [Double]) {
            let pass = try network.pushGradients(of: measurement, truth: faces, by: method)
            let gradients = try store.ordered.map { try $0.takeGradient() }
            return (
                pass,
                try Tensor.concatenated(gradients.map { try $0.reshaped(to: [-1]) }, along: 0)
                    .doubles()
            )
        }
    }

    @Test(arguments: networks) func `their gradients are found by inversion too`(
        _ name: String
    ) throws {
        let world = try World(name)
        let (_, expected) = try world.gradients(.backPropagation)
        let (pass, found) = try world.gradients(.recomputation)
        #expect(pass.repeated.isEmpty)
        #expect(pass.drift < UnfoldedNetwork.largestDrift)
        let distance = zip(found, expected).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
        let size = expected.reduce(0) { $0 + $1 * $1 }
        #expect(distance.squareRoot() < 1e-2 * size.squareRoot(), "drift \(pass.drift)")
    }

    @Test(arguments: networks) func `every fold has a say`(_ name: String) throws {
        let world = try World(name)
        let whole = try withoutGradient {
            try world.network.pictures(of: world.measurement, .using)
        }
        for fold in world.network.model.folds.indices {
            // A step that is not made is as good as none.
            let step = world.network.model.folds[fold].step
            let before = try withoutGradient { try step * 1 }
            try withoutGradient { try step.overwrite(with: step.filled(with: 0)) }
            let without = try withoutGradient {
                try world.network.pictures(of: world.measurement, .using)
            }
            try withoutGradient { try step.overwrite(with: before) }
            let change = try (without - whole).square().mean().item().squareRoot()
            #expect(change > 0.005, "fold \(fold + 1)")
        }
    }
}

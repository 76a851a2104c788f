package import Arrays
import Datasets
import Foundation
package import Jobs
import Models
import Pipeline
package import Solvers
package import Tensors
package import Training

/// A recipe with the data that it names.
package struct TrainingPlan {
    package let spec: RecipeSpec
    package let recipe: TrainingRecipe
    package let train: PictureSet
    package let validation: PictureSet
    private let folder: String

    /// Opens the data files of the recipe at `path`.
    ///
    /// - Throws: `JobError` with every mistake in the recipe, `ArrayError` for a data file,
    ///   `TrainingError` when the data do not go together.
    package init(recipe path: String) throws {
        spec = try RecipeSpec.read(path: path)
        let folder = URL(filePath: path).deletingLastPathComponent().standardizedFileURL.path
        func files(_ paths: [String]) throws -> [IDXFile] {
            try paths.map { try IDXFile(reading: RecipeSpec.place(of: $0, in: folder)) }
        }
        train = try PictureSet(files(spec.train))
        validation = try PictureSet(files(spec.validation), limit: spec.validationLimit)
        var recipe = spec.trainingRecipe(pictures: train.count, folder: folder)
        if let task = try spec.unfolding?.task(folder: folder) {
            recipe.unfolding?.forward = task.forward
            recipe.unfolding?.noise = task.noise
        }
        self.recipe = recipe
        self.folder = folder
    }

    /// The weights that the training begins with; nil is at random.
    ///
    /// An unfolded network begins with another one, or with a flow for every fold.
    ///
    /// - Throws: `ModelError` when the model cannot be read, or the errors of files.
    package func start() throws -> [String: HostArray]? {
        guard let start = spec.start else { return nil }
        let model = try ModelFolder(reading: RecipeSpec.place(of: start, in: folder))
        guard case .unfolded(let settings) = recipe.architecture else {
            return try model.weights()
        }
        if case .unfolded(let other) = model.description.architecture {
            return settings.weights(spreading: try model.weights(), of: other)
        }
        guard model.description.architecture.hasDensity else {
            throw TrainingError(.startsWithNoFlow(start))
        }
        return try settings.weights(
            beginningWith: model, imageShape: train.imageShape,
            from: RandomStreams(seed: recipe.seed)["weights"])
    }

    /// What somebody who expects folds to begin as copies of `start` has to know; nil where they do.
    ///
    /// - Throws: `ModelError` when the model cannot be read, or the errors of files.
    package func remarkOnStart() throws -> String? {
        guard let start = spec.start, case .unfolded(let settings) = recipe.architecture,
            case .flow = settings.proximal
        else { return nil }
        let model = try ModelFolder(reading: RecipeSpec.place(of: start, in: folder)).description
        if case .unfolded = model.architecture { return nil }
        guard settings.proximal != .flow(model.architecture) else { return nil }
        return """
            \(model.name) is no flow of the architecture of the folds, which begin at random; only its \
            most likely picture is taken
            """
    }

    /// The measurements that an unfolded network learns from; nil for all others.
    ///
    /// - Throws: `PhysicsError` when they do not fit the pictures, and the errors of files.
    package func simulation(on device: Device) throws -> Simulation? {
        try spec.unfolding?.simulation(imageShape: train.imageShape, folder: folder, on: device)
    }
}

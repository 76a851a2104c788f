package import Arrays
import Datasets
import Foundation
package import Jobs
import Models
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
        recipe = spec.trainingRecipe(pictures: train.count, folder: folder)
        self.folder = folder
    }

    /// The weights that the training begins with; nil is at random.
    ///
    /// - Throws: `ModelError` when the model cannot be read, or the errors of files.
    package func start() throws -> [String: HostArray]? {
        try spec.start.map {
            try ModelFolder(reading: RecipeSpec.place(of: $0, in: folder)).weights()
        }
    }
}

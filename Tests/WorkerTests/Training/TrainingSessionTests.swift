import Arrays
import Datasets
import Foundation
import Images
import Jobs
import Models
import TestSupport
import Testing
import Worker

@Suite(.timeLimit(.minutes(20))) struct TrainingSessionTests {
    @Test func `a training ends with a model that can be used`() throws {
        try withTemporaryDirectory { folder in
            let model = folder.appending(path: "Models/tiny").path
            let session = try TinyTraining.session(TinyTraining.recipe(steps: 3, in: folder), model)
            var shown = ""
            #expect(try session.train(minutes: nil) { shown += $0 })
            #expect(shown.contains("step 3 of 3"))
            #expect(shown.contains("validation: "))
            let worth = try session.export()
            let read = try ModelFolder(reading: model)
            _ = try read.flow()
            let description = read.description
            #expect(description.name == "tiny")
            let bits = try #require(description.bitsPerDimension)
            #expect(worth == String(format: "%.3f bits/dim", bits))
            #expect(description.validationLogLikelihood?.count == 2)
            let file = try InputFile(folder.appending(path: "pictures.idx").path)
            #expect(
                try description.training?.data
                    == ["pictures.idx": SHA256.hexadecimal(of: file)])
            #expect(description.training?.picturesSeen == 24)
            let log = String(
                decoding: try InputFile(model + "/log.csv").contents(), as: UTF8.self)
            #expect(log.split(separator: "\n").count == 4)
            let sheet = try InputFile(model + "/samples.png").contents()
            #expect(try Picture(decoding: sheet, name: "samples").width > 64)
            for text in [
                "# tiny\n", "](samples.png)", "Made of slopes.", "## Terms", "Do what you want.",
                "| parameters | \(description.weights.parameters) |", "```yaml", "steps: 3",
            ] {
                #expect(read.card.contains(text), "\(text)")
            }
        }
    }

    @Test func `the recipe on the card can be read`() throws {
        try withTemporaryDirectory { folder in
            let model = folder.appending(path: "tiny").path
            let path = try TinyTraining.recipe(steps: 1, in: folder)
            let session = try TinyTraining.session(path, model)
            #expect(try session.train(minutes: nil) { _ in })
            _ = try session.export()
            let card = try ModelFolder(reading: model).card
            let block = try #require(
                card.components(separatedBy: "```yaml\n").last?.components(separatedBy: "```").first
            )
            let again = folder.appending(path: "again.yaml")
            try Data(block.utf8).write(to: again)
            var expected = try RecipeSpec.read(path: path)
            expected.card = nil
            expected.terms = nil
            #expect(try RecipeSpec.read(path: again.path) == expected)
        }
    }

    @Test func `a training that was not finished goes on, and only when asked to`() throws {
        try withTemporaryDirectory { folder in
            let model = folder.appending(path: "tiny").path
            let path = try TinyTraining.recipe(steps: 4, in: folder)
            #expect(try !TinyTraining.session(path, model).train(minutes: 0) { _ in })
            let error = #expect(throws: SessionError.self) { try TinyTraining.session(path, model) }
            #expect(error?.reason == .hasCheckpoint)
            let early = try TinyTraining.session(path, model, .atCheckpoint(isRequired: true))
            _ = try early.export()
            #expect(try ModelFolder(reading: model).description.training?.steps == 1)
            let resumed = try TinyTraining.session(path, model, .atCheckpoint(isRequired: false))
            #expect(try resumed.train(minutes: nil) { _ in })
            _ = try resumed.export()
            #expect(try ModelFolder(reading: model).description.training?.steps == 4)
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
                    == ["pictures.idx", "tiny", "tiny.training", "tiny.yaml"])
        }
    }

    @Test func `a training begins with a model, and goes on without it`() throws {
        try withTemporaryDirectory { folder in
            let path = try TinyTraining.recipe(steps: 2, in: folder)
            let first = folder.appending(path: "first").path
            let beginning = try TinyTraining.session(path, first)
            #expect(try beginning.train(minutes: nil) { _ in })
            _ = try beginning.export()
            let recipe = try String(contentsOfFile: path, encoding: .utf8) + "start: ./first\n"
            try Data(recipe.utf8).write(to: URL(filePath: path))
            let model = folder.appending(path: "tiny").path
            #expect(try !TinyTraining.session(path, model).train(minutes: 0) { _ in })
            try FileManager.default.removeItem(atPath: first)
            let resumed = try TinyTraining.session(path, model, .atCheckpoint(isRequired: false))
            #expect(try resumed.train(minutes: nil) { _ in })
            let other = folder.appending(path: "other").path
            #expect(throws: ModelError.self) { try TinyTraining.session(path, other) }
        }
    }

    @Test func `there must be something to export`() throws {
        try withTemporaryDirectory { folder in
            let path = try TinyTraining.recipe(steps: 4, in: folder)
            let error = #expect(throws: SessionError.self) {
                try TinyTraining.session(
                    path, folder.appending(path: "tiny/").path, .atCheckpoint(isRequired: true))
            }
            #expect(error?.reason == .hasNoCheckpoint)
            #expect(error?.folder == folder.appending(path: "tiny.training").path)
        }
    }

    @Test func `data that are missing are named`() throws {
        try withTemporaryDirectory { folder in
            let path = try TinyTraining.recipe(steps: 4, in: folder)
            try FileManager.default.removeItem(at: folder.appending(path: "pictures.idx"))
            let error = #expect(throws: ArrayError.self) {
                try TinyTraining.session(path, folder.appending(path: "tiny").path)
            }
            #expect(error?.context == folder.appending(path: "pictures.idx").path)
        }
    }
}

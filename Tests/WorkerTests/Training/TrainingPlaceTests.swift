import Arrays
import Foundation
import Models
import TestSupport
import Testing
import Worker

/// Where trainings may put their models, and that they do not get into each other's way.
@Suite(.timeLimit(.minutes(20))) struct TrainingPlaceTests {
    private func names(_ folder: URL) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    }

    /// Why a session whose model would go to `model` is refused.
    private func refusal(_ recipe: String, _ model: String) -> SessionError.Reason? {
        let error = #expect(throws: SessionError.self) { try TinyTraining.session(recipe, model) }
        return error?.reason
    }

    private func train(_ recipe: String, _ model: String) throws {
        let session = try TinyTraining.session(recipe, model)
        #expect(try session.train(minutes: nil) { _ in })
        _ = try session.export()
    }

    @Test(arguments: ["notes.txt", "README.md", "other.safetensors", "model.json", ".hidden"])
    func `a folder of something else stays as it is`(_ name: String) throws {
        try withTemporaryDirectory { folder in
            let recipe = try TinyTraining.recipe(steps: 1, in: folder)
            let model = folder.appending(path: "mine")
            try FileManager.default.createDirectory(at: model, withIntermediateDirectories: true)
            try Data("dear".utf8).write(to: model.appending(path: name))
            let before = try names(folder)
            #expect(refusal(recipe, model.path) == .holdsOthers(name))
            #expect(try names(folder) == before)
            #expect(try names(model) == [name])
        }
    }

    @Test func `an older model is replaced, but not together with other files`() throws {
        try withTemporaryDirectory { folder in
            let model = folder.appending(path: "tiny")
            let training = folder.appending(path: "tiny.training")
            try train(TinyTraining.recipe(steps: 1, in: folder), model.path)
            try FileManager.default.removeItem(at: training)
            let recipe = try TinyTraining.recipe(steps: 2, in: folder)
            try train(recipe, model.path + "/")
            #expect(try ModelFolder(reading: model.path).description.training?.steps == 2)
            try FileManager.default.removeItem(at: training)
            let weights = model.appending(path: "weights")
            try FileManager.default.createDirectory(at: weights, withIntermediateDirectories: true)
            #expect(refusal(recipe, model.path) == .holdsOthers("weights"))
            #expect(try ModelFolder(reading: model.path).description.training?.steps == 2)
        }
    }

    @Test func `files that appear during the training are kept`() throws {
        try withTemporaryDirectory { folder in
            let recipe = try TinyTraining.recipe(steps: 1, in: folder)
            let model = folder.appending(path: "tiny")
            let session = try TinyTraining.session(recipe, model.path)
            #expect(try session.train(minutes: nil) { _ in })
            try FileManager.default.createDirectory(at: model, withIntermediateDirectories: true)
            try Data("dear".utf8).write(to: model.appending(path: "notes.txt"))
            let error = #expect(throws: SessionError.self) { try session.export() }
            #expect(error?.reason == .holdsOthers("notes.txt"))
            #expect(try names(model) == ["notes.txt"])
        }
    }

    @Test(arguments: ["", ".", "./", "..", "/", "tiny/.", "tiny/.."])
    func `a model needs a name`(_ path: String) throws {
        try withTemporaryDirectory { folder in
            let recipe = try TinyTraining.recipe(steps: 1, in: folder)
            #expect(refusal(recipe, path) == .hasNoName)
        }
    }

    @Test func `a file is no folder`() throws {
        try withTemporaryDirectory { folder in
            let recipe = try TinyTraining.recipe(steps: 1, in: folder)
            let link = folder.appending(path: "link").path
            try FileManager.default.createSymbolicLink(
                atPath: link, withDestinationPath: "nowhere")
            let before = try names(folder)
            for path in [recipe, recipe + "/", recipe + "/x", recipe + "/x/y", link] {
                #expect(refusal(recipe, path) == .isNoFolder)
            }
            #expect(try names(folder) == before)
        }
    }

    @Test func `only one training writes at a time, and models are made meanwhile`() throws {
        try withTemporaryDirectory { folder in
            let recipe = try TinyTraining.recipe(steps: 3, in: folder)
            let model = folder.appending(path: "tiny").path
            let first = try TinyTraining.session(recipe, model)
            #expect(refusal(recipe, model) == .isRunning)
            #expect(try !first.train(minutes: 0) { _ in })
            let error = #expect(throws: SessionError.self) {
                try TinyTraining.session(recipe, model, .atCheckpoint(isRequired: false))
            }
            #expect(error?.reason == .isRunning)
            #expect(error?.folder == model + ".training")
            let early = try TinyTraining.session(recipe, model, .atCheckpoint(isRequired: true))
            _ = try early.export()
            #expect(try first.train(minutes: nil) { _ in })
            let log = try String(contentsOfFile: model + ".training/log.csv", encoding: .utf8)
            #expect(log.split(separator: "\n").count == 4)
        }
    }

    @Test func `a training that cannot go on says so`() throws {
        try withTemporaryDirectory { folder in
            let recipe = try TinyTraining.recipe(steps: 2, in: folder)
            let model = folder.appending(path: "tiny").path
            for lacksCheckpoint in [true, false] {
                let session = try TinyTraining.session(
                    recipe, model, .atCheckpoint(isRequired: false))
                #expect(session.lacksCheckpoint == lacksCheckpoint)
                _ = try session.train(minutes: 0) { _ in }
            }
        }
    }
}

import Foundation
import TestSupport
import Testing
import Training
import Worker

/// What is said of a network whose folds do not begin as copies of the flow that a recipe names.
@Suite struct StartOfFoldsTests {
    private func remark(proximal: String, in folder: URL) throws -> String? {
        try plan(proximal: proximal, in: folder).remarkOnStart()
    }

    private func plan(
        proximal: String, start: String = "Models/tiny", in folder: URL
    ) throws -> TrainingPlan {
        let tiny = try TinyTraining.recipe(steps: 2, in: folder)
        let model = folder.appending(path: "Models/tiny").path
        let session = try TinyTraining.session(tiny, model)
        _ = try session.train(minutes: nil) { _ in }
        _ = try session.export()
        let text = """
            version: 1
            name: network
            architecture: {unfolded: {folds: 2, proximal: \(proximal)}}
            start: \(start)
            train: [pictures.idx]
            validation: [pictures.idx]
            batch: 8
            steps: 1
            learning_rate: {peak: 0.01}
            unfolding: {noise: {gaussian: {std: 0.1}}}

            """
        let path = folder.appending(path: "network.yaml").path
        try Data(text.utf8).write(to: URL(filePath: path))
        return try TrainingPlan(recipe: path)
    }

    @Test func `what is no flow is refused by name`() throws {
        try withTemporaryDirectory { folder in
            let generator = URL(filePath: #filePath)
                .deletingLastPathComponent().deletingLastPathComponent()
                .deletingLastPathComponent().deletingLastPathComponent()
                .appending(path: "Models/faces64-dcgan").path
            let plan = try plan(
                proximal: "{real_nvp: {scales: 1, blocks: 1, width: 4}}", start: generator,
                in: folder)
            let error = #expect(throws: TrainingError.self) { try plan.start() }
            #expect("\(error.map { "\($0)" } ?? "")".contains("\(generator) is no flow"))
        }
    }

    @Test func `a flow of another architecture is said to give its picture alone`() throws {
        try withTemporaryDirectory { folder in
            let other = "{real_nvp: {scales: 1, blocks: 1, width: 6}}"
            let remark = try remark(proximal: other, in: folder)
            #expect(remark?.hasPrefix("tiny is no flow of the architecture of the folds") == true)
        }
    }

    @Test(arguments: [
        "{real_nvp: {scales: 1, blocks: 1, width: 4}}", "{resnet: {width: 4, blocks: 1}}",
    ])
    func `nothing is said of copies, and of maps that are no flows`(_ proximal: String) throws {
        try withTemporaryDirectory { folder in
            let remark = try remark(proximal: proximal, in: folder)
            #expect(remark == nil)
        }
    }
}

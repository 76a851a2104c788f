import Foundation
import Jobs
import Testing
import Worker

/// The recipes of unfolded networks in `etc/recipes/` differ in what their names say, and in nothing else.
@Suite struct UnfoldedRecipeFilesTests {
    private static let folder = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "etc/recipes")
    private static let tasks = ["denoise-0.1", "denoise-0.2", "inpaint-19", "deblur-5"]
    private static let kinds = ["", "-resnet", "-unet"]

    private func recipe(_ name: String) throws -> RecipeSpec {
        try RecipeSpec.read(path: Self.folder.appending(path: "unfolded-\(name).yaml").path)
    }

    @Test func `all of them are known here`() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
            .filter { $0.hasPrefix("unfolded-") }
        let twelve = Self.tasks.flatMap { task in Self.kinds.map { "\(task)\($0)" } }
        let parts = [
            "denoise-0.1-first", "denoise-0.1-one", "denoise-0.2-one", "inpaint-19-more",
        ]
        let expected = (twelve + twelve.map { "\($0)-scratch" } + parts)
            .map { "unfolded-\($0).yaml" }
        #expect(names.sorted() == expected.sorted())
    }

    @Test(arguments: tasks) func `the networks of a task learn from the same`(
        _ task: String
    ) throws {
        let first = try recipe(task)
        for kind in Self.kinds {
            let trained = try recipe(task + kind)
            let scratch = try recipe("\(task)\(kind)-scratch")
            #expect(trained.start != nil && scratch.start == nil)
            for other in [trained, scratch] {
                #expect(other.unfolding == first.unfolding)
                #expect(other.train == first.train && other.validation == first.validation)
                #expect(other.batch == first.batch)
                #expect(other.card != nil && other.terms != nil)
            }
            #expect(trained.architecture == scratch.architecture)
            // Steps of other networks cost less, and these take more of them in as much time.
            #expect(trained.length == scratch.length)
        }
    }

    @Test func `no two tasks have the same measurement`() throws {
        let measurements = try Self.tasks.map { try #require(try recipe($0).unfolding) }
        for (place, one) in measurements.enumerated() {
            for other in measurements[(place + 1)...] {
                #expect(one.forward != other.forward || one.noise != other.noise)
            }
        }
    }
}

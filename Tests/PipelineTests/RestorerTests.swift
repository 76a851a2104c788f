import Arrays
import Images
import Jobs
import Pipeline
import Reports
import Tensors
import TestSupport
import Testing

@Suite struct RestorerTests {
    private static let job = """
        version: 1
        images: [a.png, b.png]
        given: truth
        noise: {sine: {amplitude: 0.2, period: 4}}
        prior: tiny
        solver: {map: {steps: 8}}
        seed: 7
        output: {arrays: true}

        """

    @Test func `a job gives every file of the contract, and they are listed`() throws {
        try withTemporaryDirectory { root in
            var world = try SmallWorld(root)
            let outcome = try world.run(Self.job)
            let expected = [
                "job.resolved.yaml", "result.json", "report.html", "trace.csv",
                "restored/a.png", "restored/b.png", "noise/a.png", "measurement/b.png",
                "restored/a.npy", "noise/b.npy", "measurement/a.npy",
            ]
            for name in expected {
                #expect(world.exists("out/\(name)"), "\(name)")
                #expect(outcome.files.contains { $0.path == name }, "\(name)")
            }
        }
    }

    @Test func `defaults lie where the pictures do, wherever the job file is`() throws {
        try withTemporaryDirectory { root in
            var world = try SmallWorld(root)
            let job = "version: 1\nimages: a.png\nsolver: {map: {steps: 2}}\ndefaults: lab.yaml\n"
            try world.write([UInt8](job.utf8), "elsewhere/job.yaml")
            try world.write([UInt8]("prior: tiny\n".utf8), "job/lab.yaml")
            try world.write([], "out/.keep")
            let order = JobOrder(
                name: "small", id: "1", jobFile: "\(world.root)/elsewhere/job.yaml",
                folder: "\(world.root)/job",
                policy: .confined(datasets: [], models: ["\(world.root)/Models"]),
                output: "\(world.root)/out", device: .cpu, threads: 1)
            let outcome = try world.restorer.restore(order) { _ in }
            #expect(outcome.report.images.map(\.name) == ["a.png"])
        }
    }

    @Test func `an NPY picture of whole numbers is refused, not taken for very bright`() throws {
        try withTemporaryDirectory { root in
            var world = try SmallWorld(root)
            let bytes = HostArray([UInt8](repeating: 200, count: 64), shape: [1, 8, 8])
            try world.write(NPYFile(bytes).serialized(), "job/u.npy")
            let job = "version: 1\nimages: u.npy\nprior: tiny\nsolver: {map: {steps: 2}}\n"
            let error = #expect(throws: JobFault.self) { try world.run(job) }
            #expect("\(try #require(error))".contains("uint8"))
        }
    }

    @Test func `the numbers of the result are those of its pictures`() throws {
        try withTemporaryDirectory { root in
            var world = try SmallWorld(root)
            _ = try world.run(Self.job)
            let result = try JSONValue(parsing: world.text("out/result.json"), context: "result")
            let image = try #require(result["images"]?.array?.first)
            let stated = try #require(image["psnr"]?.number)
            let truth = try Picture(decoding: world.bytes("job/a.png"), name: "a").floats()
            let restored = try NPYFile(
                parsing: world.bytes("out/restored/a.npy"), context: "a"
            ).array
            #expect(abs(try psnr(of: restored, truth: truth) - stated) < 1e-3)
            #expect(image["psnr_input"]?.number ?? 0 > 5)
            #expect(result["settings"]?["plan"]?["steps"]?.number == 8)
        }
    }

    @Test func `the noise is what the measurement has more than the restored picture`() throws {
        try withTemporaryDirectory { root in
            var world = try SmallWorld(root)
            _ = try world.run(Self.job)
            func values(_ kind: String) throws -> [Float] {
                try NPYFile(parsing: world.bytes("out/\(kind)/a.npy"), context: kind)
                    .array.values(as: Float.self)
            }
            let (y, x, noise) = (
                try values("measurement"), try values("restored"), try values("noise")
            )
            for index in y.indices { #expect(abs(y[index] - x[index] - noise[index]) < 1e-6) }
        }
    }

    @Test func `the resolved job runs again to the same pictures`() throws {
        try withTemporaryDirectory { root in
            var world = try SmallWorld(root)
            _ = try world.run(Self.job + "deterministic: true\n")
            _ = try world.run(world.text("out/job.resolved.yaml"), to: "again")
            for name in ["restored/a.npy", "restored/b.npy", "measurement/a.npy"] {
                #expect(try world.bytes("out/\(name)") == world.bytes("again/\(name)"), "\(name)")
            }
        }
    }

    @Test func `another seed gives other noise`() throws {
        try withTemporaryDirectory { root in
            var world = try SmallWorld(root)
            _ = try world.run(Self.job)
            _ = try world.run(
                Self.job.replacing("seed: 7", with: "seed: 8"), to: "other")
            #expect(
                try world.bytes("out/measurement/a.npy") != world.bytes("other/measurement/a.npy"))
        }
    }

    @Test func `a picture has the same noise alone as among others`() throws {
        try withTemporaryDirectory { root in
            var world = try SmallWorld(root)
            _ = try world.run(Self.job)
            _ = try world.run(Self.job.replacing("[a.png, b.png]", with: "[a.png]"), to: "alone")
            #expect(
                try world.bytes("out/measurement/a.npy") == world.bytes("alone/measurement/a.npy"))
        }
    }

    @Test func `progress reaches the end and a throw stops the job`() throws {
        try withTemporaryDirectory { root in
            var world = try SmallWorld(root)
            var last = (0, 0)
            _ = try world.run(Self.job) { step in
                last = (step.progress.iteration, step.progress.iterations)
            }
            #expect(last == (8, 8))
            struct Stop: Error {}
            #expect(throws: Stop.self) { try world.run(Self.job) { _ in throw Stop() } }
        }
    }

    @Test func `the pictures of a step approach the result`() throws {
        try withTemporaryDirectory { root in
            var world = try SmallWorld(root)
            var drafts: [[Picture]] = []
            _ = try world.run(Self.job.replacing("steps: 8", with: "steps: 60")) { step in
                drafts.append(try step.pictures(atMost: 9))
                #expect(try step.pictures(atMost: 1).count == 1)
            }
            #expect(drafts.count == 60)
            #expect(drafts.allSatisfy { $0.count == 2 && $0[0].width == SmallWorld.side })
            let restored = try Picture(decoding: world.bytes("out/restored/a.png"), name: "a")
            func distance(_ draft: [Picture]) throws -> Int {
                zip(draft[0].pixels.bytes, restored.pixels.bytes).reduce(0) { sum, pair in
                    sum + abs(Int(pair.0) - Int(pair.1))
                }
            }
            #expect(try distance(drafts[59]) * 4 < distance(drafts[0]))
        }
    }

    @Test func `a measurement is restored without scores`() throws {
        try withTemporaryDirectory { root in
            var world = try SmallWorld(root)
            _ = try world.run(Self.job.replacing("given: truth", with: "given: measurement"))
            let text = try world.text("out/result.json")
            #expect(!text.contains("psnr"))
            #expect(world.exists("out/restored/a.png"))
        }
    }
}

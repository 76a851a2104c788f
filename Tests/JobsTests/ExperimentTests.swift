import Foundation
import Jobs
import Testing
import YAML

@Suite struct ExperimentTests {
    static let small = """
        version: 1
        title: Stripes
        job:
          noise: {sine: {amplitude: 0.1}}
          prior: mnist
        pictures:
          - {name: digits, images: {idx: digits.idx, sample: 4, seed: 0}}
          - {name: others, images: [a.png, b.png], prepare: {size: 28}}
        methods:
          - {name: MAP, solver: map}
          - name: paper
            prior: mnist-large
            solver: {map: {beta: 0.5, steps: 150}}
        sweeps:
          - {vary: noise.sine.amplitude, values: [0.1, 0.2], shown: [0.2]}

        """

    private func read(_ text: String) throws(JobError) -> ExperimentSpec {
        try ExperimentSpec.read(Array(text.utf8), file: "e.yaml")
    }

    private func mistakes(_ text: String) -> String {
        do throws(JobError) {
            _ = try read(text)
            return ""
        } catch {
            return error.description
        }
    }

    @Test func `every set, setting and method gives a job`() throws {
        let trials = try read(Self.small).trials()
        #expect(trials.map(\.set) == [0, 0, 0, 0, 1, 1, 1, 1])
        #expect(trials.map(\.method) == [0, 1, 0, 1, 0, 1, 0, 1])
        #expect(trials.map(\.amount) == [0.1, 0.1, 0.2, 0.2, 0.1, 0.1, 0.2, 0.2])
        let last = try #require(trials.last).job
        #expect(last.images == .files(["a.png", "b.png"]))
        #expect(last.prepare == PrepareSpec(size: 28))
        #expect(last.given == .truth)
        #expect(last.noise == .sine(SineNoiseSpec(amplitude: 0.2)))
        #expect(last.prior == ModelReference("mnist-large"))
        #expect(last.solver == .map(MAPSpec(beta: 0.5, iteration: IterationSpec(steps: 150))))
        #expect(trials[0].job.prior == ModelReference("mnist"))
    }

    @Test func `an experiment is read back from what is written`() throws {
        let spec = try read(Self.small)
        #expect(try read(spec.value.yaml) == spec)
        let best = try read(
            Self.small.replacing(
                "{name: MAP, solver: map}",
                with: "{name: MAP, solver: {map: {beta: 2}}, "
                    + "best_of: {vary: solver.map.beta, factors: [0.5, 1]}}"))
        #expect(try read(best.value.yaml) == best)
    }

    @Test func `factors multiply what each method has, and other methods stay as they are`() throws
    {
        let text = Self.small
            .replacing("vary: noise.sine.amplitude, values", with: "vary: solver.map.beta, factors")
            .replacing("{name: MAP, solver: map}", with: "{name: MAP, solver: {map: {beta: 4}}}")
            .replacing("methods:", with: "methods:\n  - {name: BM3D, solver: bm3d}")
        let trials = try read(text).trials().filter { $0.set == 0 }
        let betas = trials.map { trial -> Double? in
            guard case .map(let map) = trial.job.solver else { return nil }
            return map.beta.number
        }
        let expected = [nil, 4 * 0.1, 0.5 * 0.1, nil, 4 * 0.2, 0.5 * 0.2]
        #expect(betas == expected)
    }

    @Test func `the best of several amounts is asked of one method`() throws {
        let text = Self.small.replacing(
            "{name: MAP, solver: map}",
            with: "{name: MAP, solver: {map: {beta: 2}}, "
                + "best_of: {vary: solver.map.beta, factors: [0.5, 1, 1.5]}}")
        let trials = try read(text).trials().filter { $0.set == 0 && $0.amount == 0.1 }
        #expect(trials.map(\.variant) == [0.5, 1, 1.5, nil])
        #expect(trials.map(\.method) == [0, 0, 0, 1])
        let betas = trials.map { trial -> Double? in
            guard case .map(let map) = trial.job.solver else { return nil }
            return map.beta.number
        }
        #expect(betas == [1, 2, 3, 0.5])
    }

    @Test func `a key behind a list means the element that has it`() throws {
        let text = Self.small.replacing(
            "job:", with: "job:\n  forward: [identity, {scale: 0.5}]")
        let one = try read(
            text.replacing("vary: noise.sine.amplitude", with: "vary: forward.scale"))
        let other = try read(
            text.replacing("vary: noise.sine.amplitude", with: "\"vary\": \"forward[1].scale\""))
        #expect(try one.trials()[2].job.forward == [.identity, .scale(0.2)])
        #expect(try other.trials().map(\.job) == one.trials().map(\.job))
    }

    @Test(arguments: [
        (
            "title: Stripes", "titel: Stripes",
            "e.yaml:2:1: unknown key titel in the file; did you mean title?"
        ),
        (
            "solver: map}", "solver: mapp}",
            "e.yaml:10:25: methods[0].solver is mapp; did you mean map?"
        ),
        ("beta: 0.5", "beta: -1", "e.yaml:13:26: methods[1].solver.map.beta is -1; write a number"),
        (
            "noise.sine.amplitude", "noise.sine.amplitud",
            "e.yaml:15:12: sweeps[0].vary is noise.sine.amplitud, which no job of the experiment "
                + "has; did you mean amplitude?"
        ),
        (
            "noise.sine.amplitude", "noise.radial.amplitude",
            "which no job of the experiment has; the settings there are sine"
        ),
        (
            "values: [0.1, 0.2], shown: [0.2]", "values: [0.1, -2]",
            "e.yaml:15:48: noise.sine.amplitude is -2; write"
        ),
        (
            "values: [0.1, 0.2]", "factors: [1, 2]",
            "e.yaml:15:59: sweeps[0].shown[0] is none of the amounts of the sweep; write one of 1, 2"
        ),
        (
            "values: [0.1, 0.2]", "values: [0.2, 0.2]",
            "e.yaml:15:48: sweeps[0].values[1] is there twice"
        ),
        (
            "solver: map}", "solver: map, best_of: {vary: noise.sine.amplitude, values: [1, 2]}}",
            "methods[0].best_of.vary is noise.sine.amplitude, which sweeps[0] varies too"
        ),
        (
            "solver: map}", "solver: map, best_of: {vary: noise.sine.amplitude, values: [1, 1]}}",
            "methods[0].best_of.values[1] is there twice"
        ),
        (
            "values: [0.1, 0.2]", "scale: logarithmic, values: [0, 0.2]",
            "sweeps[0].values[0] has no place on a logarithmic axis"
        ),
        (
            "values: [0.1, 0.2], ", "values: [0.2], factors: [0.2], ",
            "sweeps[0] has both values and factors; keep one of them"
        ),
        (
            "name: paper", "name: MAP",
            "e.yaml:11:11: methods[1].name is MAP again; choose another name"
        ),
        ("  prior: mnist\n", "", "e.yaml:9:5: prior is missing, and the solver needs one"),
        (
            "vary: noise.sine.amplitude, values", "vary: solver.map.beta, factors",
            "solver.map.beta of MAP is no number that could be multiplied"
        ),
        ("version: 1", "version: 2", "e.yaml:1:10: version is 2; write 1"),
        ("vary: noise.sine.amplitude", "vary: noise..sine", "write the way to a setting"),
    ])
    func `a mistake is told with its place and a remedy`(
        _ old: String, _ new: String, _ message: String
    ) throws {
        let text = Self.small.replacing(old, with: new, maxReplacements: 1)
        #expect(text != Self.small)
        let found = mistakes(text)
        #expect(found.contains(message), "\(found)")
        #expect(mistakes(Self.small) == "")
    }

    @Test func `a set may be measured in its own way, and a method restore some sets`() throws {
        let text = Self.small
            .replacing("prepare: {size: 28}}", with: "forward: {scale: 0.5}, noise: none}")
            .replacing("{name: MAP, solver: map}", with: "{name: MAP, solver: map, sets: [others]}")
            .replacing(
                "sweeps:\n  - {vary: noise.sine.amplitude, values: [0.1, 0.2], shown: [0.2]}\n",
                with: "")
        let spec = try read(text)
        let trials = try spec.trials()
        #expect(trials.map(\.set) == [0, 1, 1])
        #expect(trials.map(\.method) == [1, 0, 1])
        #expect(trials[0].job.noise == .sine(SineNoiseSpec(amplitude: 0.1)))
        #expect(trials[0].job.forward == [.identity])
        #expect(trials[1].job.noise == .none)
        #expect(trials[1].job.forward == [.scale(0.5)])
        #expect(try read(spec.value.yaml) == spec)
        #expect(
            mistakes(text.replacing("[others]", with: "[other]")).contains(
                "methods[0].sets[0] is other, which no set of pictures is called"))
    }

    @Test func `what only some sets have can be varied`() throws {
        let text = Self.small
            .replacing("prepare: {size: 28}}", with: "forward: [{scale: 0.5}]}")
            .replacing("vary: noise.sine.amplitude", with: "vary: forward.scale")
        #expect(mistakes(text) == "")
        let others = try read(text).trials().filter { $0.set == 1 && $0.method == 0 }
        #expect(others.map(\.job.forward) == [[.scale(0.1)], [.scale(0.2)]])
    }

    @Test func `a mistake of the job is told once, whatever number of jobs has it`() {
        let text = Self.small.replacing("  prior: mnist\n", with: "")
        #expect(mistakes(text).split(separator: "\n").count == 1)
    }

    @Test(arguments: Self.shipped)
    func `an experiment that comes along can be read`(_ name: String) throws {
        let path = Repository.root.appending(path: "etc/experiments/\(name)").path
        let spec = try ExperimentSpec.read(path: path)
        let pairs = spec.pictures.reduce(0) { sum, set in
            sum + spec.methods.count { $0.sets?.contains(set.name) ?? true }
        }
        #expect(try spec.trials().count >= pairs)
        #expect(pairs >= max(spec.methods.count, spec.pictures.count))
        #expect(try read(spec.value.yaml) == spec)
    }

    /// A folder that cannot be read gives no cases, which a test of their number notices.
    static let shipped =
        ((try? FileManager.default.contentsOfDirectory(
            atPath: Repository.root.appending(path: "etc/experiments").path)) ?? [])
        .filter { $0.hasSuffix(".yaml") }.sorted()

    @Test func `the experiments of the paper come along`() {
        #expect(Self.shipped.filter { $0.hasPrefix("whang-") }.count >= 11)
        #expect(Self.shipped.filter { $0.hasPrefix("wei-") }.count >= 3)
    }
}

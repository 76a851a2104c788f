import Jobs
import Testing
import YAML

@Suite struct DefaultsTests {
    private let shared = """
        version: 1
        prior: mnist
        seed: 9
        prepare: {size: 32, color: gray}
        noise: {sine: {amplitude: 0.3}}
        output: {arrays: true}
        """

    @Test func `a file of defaults fills what the job leaves out, and nothing else`() throws {
        let spec = try readJob(
            """
            version: 1
            defaults: shared.yaml
            images: [a.png]
            seed: 1
            prepare: {size: 64, bits: 5}
            """, defaults: ["shared.yaml": shared])
        #expect(spec.prior == ModelReference("mnist"))
        #expect(spec.seed == 1)
        #expect(spec.prepare == PrepareSpec(size: 64, color: .gray, bits: 5))
        #expect(spec.noise == .sine(SineNoiseSpec(amplitude: 0.3)))
        #expect(spec.output == OutputSpec(arrays: true))
    }

    @Test func `methods are taken whole: settings of the defaults do not mix in`() throws {
        let spec = try readJob(
            jobText("defaults: shared.yaml\nnoise: {sine: {period: 8}}\n"),
            defaults: ["shared.yaml": shared])
        #expect(spec.noise == .sine(SineNoiseSpec(amplitude: 0.1, period: 8)))
    }

    @Test func `defaults are applied once: the resolved job names none and is the same`() throws {
        let spec = try readJob(
            jobText("defaults: shared.yaml\n"), defaults: ["shared.yaml": shared])
        #expect(spec.value["defaults"] == nil)
        #expect(try readJob(spec.value.yaml) == spec)
    }

    @Test func `mistakes in the defaults are reported with the name of that file`() {
        let found = mistakes(
            jobText("defaults: d.yaml\nsede: 1\n"),
            defaults: ["d.yaml": "version: 1\nprior: x\ndefaults: e.yaml\nsolver: mapp\nzz: 1\n"])
        #expect(
            found == """
                job.yaml:5:1: unknown key sede in the file; did you mean seed?
                d.yaml:3:11: defaults within defaults are not read; leave them out
                d.yaml:4:9: solver is mapp; did you mean map? It is one of \
                map, mle, asim, bora, langevin, unfolded, plug_and_play, lasso, bm3d
                d.yaml:5:1: unknown key zz in the file; leave it out; the keys are version, \
                defaults, images, given, prepare, forward, noise, prior, solver, seed, \
                deterministic, output
                """)
    }

    @Test func `defaults that are not there are a mistake at their key`() {
        let expected = """
            job.yaml:4:11: the defaults cannot be read: no.yaml: there is no such file; \
            check its name; correct the path
            """
        #expect(mistakes(jobText("defaults: no.yaml\n")) == expected)
    }

    @Test func `defaults that the system does not let be read are no mistake of the job`() {
        let reader = JobReader { name throws(JobError) in
            throw JobError(.unreadable("Input/output error"), file: name)
        }
        let error = #expect(throws: JobError.self) {
            try reader.read(Array(jobText("defaults: d.yaml\n").utf8), file: "job.yaml")
        }
        #expect(error == JobError(.unreadable("Input/output error"), file: "d.yaml"))
    }

    @Test func `a confined job cannot reach defaults outside its folder`() {
        let policy = PathPolicy.confined(datasets: [], models: [])
        let found = mistakes(
            jobText("defaults: ../shared.yaml\n"), policy: policy,
            defaults: ["../shared.yaml": "version: 1\nbad: 1\n"])
        #expect(
            found
                == "job.yaml:4:11: defaults leaves the job's folder by ..; write a path without ..")
    }
}

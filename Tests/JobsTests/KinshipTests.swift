import Jobs
import Testing

/// Which jobs can be solved together.
@Suite struct KinshipTests {
    private func kinship(_ lines: String...) throws -> String? {
        let text = "version: 1\nprior: mnist\n" + lines.joined(separator: "\n") + "\n"
        let reader = JobReader() { (_) throws(JobError) in [] }
        return try reader.read([UInt8](text.utf8), file: "job.yaml").kinship
    }

    @Test func `jobs that differ in their pictures and in words only are kin`() throws {
        let one = try kinship("images: a.png", "noise: {gaussian: {std: 0.1}}")
        let other = try kinship("# another", "noise: {gaussian: {std: 0.10}}", "images: [b.png]")
        #expect(one != nil && one == other)
    }

    @Test(arguments: ["'p*.png'", "more/digit-?.png"])
    func `pictures by a pattern are as good as named ones`(_ pattern: String) throws {
        let named = try kinship("images: [a.png, b.png]")
        let found = try kinship("images: \(pattern)")
        #expect(found != nil && found == named)
        #expect(try kinship("images: \(pattern)", "seed: 1") != named)
    }

    @Test(arguments: [
        "noise: {gaussian: {std: 0.2}}", "seed: 1", "solver: {map: {steps: 9}}",
        "forward: [sign]", "output: {arrays: true}", "given: truth",
    ])
    func `any other setting tells them apart`(_ line: String) throws {
        let plain = try kinship("images: a.png")
        let other = try kinship("images: a.png", line)
        #expect(other != nil && other != plain)
    }

    @Test(arguments: [
        "images: a.png\nsolver: [map, mle]", "images: a.png\ndeterministic: true",
        "images: 'p*.png'\ndeterministic: true", "images: {idx: x}",
        "images: a.png\nforward: [{matrix: {file: m.npy}}]",
        "images: a.png\nforward: [{mask: {image: m.png}}]",
        "images: a.png\ngiven: truth\nnoise: {digits: {placement: known}}",
        "images: a.png\nnoise: {flow: {model: m, placement: {row: 1, column: 2}}}",
        "images: '*.png'\nnoise: {flow: {model: m, pictures: 'p*.png'}}",
    ])
    func `a job with files or places of its own is solved alone`(_ text: String) throws {
        #expect(try kinship(text) == nil)
    }
}

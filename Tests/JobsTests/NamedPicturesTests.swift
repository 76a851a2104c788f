import Jobs
import Testing

/// What a job names that was refused.
@Suite struct NamedPicturesTests {
    private func names(_ text: String) -> [String] { NamedPictures.names(in: Array(text.utf8)) }

    @Test func `pictures are found wherever they are named, whatever else is wrong`() {
        let text = """
            version: 7
            imagess: [a.png, in/b.JPG, a.png]
            forward:
              - mask: {image: mask.png}
              - blur: {kernel: "k.npy"}
            prior: mnist
            noise: {gaussian: {std: large.tiff}}

            """
        #expect(names(text) == ["a.png", "in/b.JPG", "mask.png", "k.npy"])
    }

    @Test func `names that look the same may be two`() {
        #expect(names("images: [e\u{301}.png, \u{E9}.png]").count == 2)
    }

    @Test func `the names of the defaults come after those of the job`() {
        let job = Array("images: a.png\ndefaults: common/d.yaml\nx: 1\n".utf8)
        let defaults = Array("images: b.png\nmask: a.png\ndefaults: e.yaml\n".utf8)
        #expect(
            NamedPictures.names(in: job) { $0 == "common/d.yaml" ? defaults : nil }
                == ["a.png", "b.png"])
        #expect(NamedPictures.names(in: job) { _ in nil } == ["a.png"])
    }

    @Test(arguments: ["", "a.pngx", "# a.png\n", "images: [a.png\n", "\u{0}"])
    func `what is no name of a picture, or no YAML, names none`(_ text: String) {
        #expect(names(text).isEmpty)
    }
}

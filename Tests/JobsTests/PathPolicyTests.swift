import Jobs
import Testing

@Suite struct PathPolicyTests {
    private let confined = PathPolicy.confined(datasets: ["/d1", "/d2/"], models: ["/m"])

    @Test(arguments: [
        "images: [/etc/passwd.png]", "images: [a.png, ../b.png]", "images: \"../*.png\"",
        "images: \"/x/*.png\"", "images: /x.png", "images: {idx: /data/x.idx}",
        "images: {idx: a/../../x.idx}", "images: x.png\nprior: /models/x",
        "images: x.png\nprior: ../x", "images: x.png\nforward: {matrix: {file: ../A.npy}}",
        "images: x.png\nforward: {mask: {image: /m.png}}",
        "images: x.png\nforward: {blur: {kernel: a/../../k.npy}}",
        "images: x.png\nnoise: {flow: {model: ../m/n}}",
        "images: x.png\nnoise: {digits: {pictures: [../0.png], placement: search}}",
    ])
    func `a confined job names nothing outside, the user's own may`(_ lines: String) {
        let prior = lines.contains("prior:") ? "" : "\nprior: x"
        let text = "version: 1\n\(lines)\(prior)\n"
        #expect(mistakes(text) == "")
        let found = mistakes(text, policy: confined)
        #expect(found.contains("absolute path") || found.contains("by .."), "\(found)")
    }

    @Test(arguments: ["..", ".", "-x", "a b", "ä", ".hidden", "a\\b"])
    func `a name that is none of a model is refused everywhere`(_ name: String) {
        let text = "version: 1\nimages: x.png\nprior: '\(name)'\n"
        #expect(mistakes(text).contains("which is no name of a model"))
    }

    @Test func `files of a confined job are looked for in the permitted folders only`() {
        func places(_ kind: FileReference.Kind, _ path: String) -> [String] {
            confined.candidates(for: FileReference(kind, path), jobFolder: "/job")
        }
        #expect(places(.picture, "a/b.png") == ["/job/a/b.png"])
        #expect(places(.array, "A.npy") == ["/job/A.npy"])
        #expect(places(.dataset, "x.idx") == ["/d1/x.idx", "/d2/x.idx"])
        #expect(places(.model, "faces64") == ["/m/faces64"])
        #expect(places(.model, "sub/faces64") == ["/m/sub/faces64"])
        #expect(places(.picture, "/etc/x.png") == [])
        #expect(places(.dataset, "../x.idx") == [])
    }

    @Test func `files of the user's own job are looked for beside it first`() {
        let policy = PathPolicy.user(datasets: ["/d"], models: ["/m"])
        func places(_ kind: FileReference.Kind, _ path: String) -> [String] {
            policy.candidates(for: FileReference(kind, path), jobFolder: "job")
        }
        #expect(places(.picture, "../b.png") == ["job/../b.png"])
        #expect(places(.dataset, "x.idx") == ["job/x.idx", "/d/x.idx"])
        #expect(places(.dataset, "/y/x.idx") == ["/y/x.idx"])
        #expect(places(.model, "faces64") == ["/m/faces64"])
        #expect(places(.model, "./faces64") == ["job/./faces64"])
        #expect(
            PathPolicy.user.candidates(for: FileReference(.picture, "a.png"), jobFolder: "")
                == ["a.png"])
    }

    @Test func `a job lists every file it names once`() throws {
        let spec = try readJob(
            """
            version: 1
            images: [a.png, b.npy]
            given: truth
            forward:
              - mask: {image: m.png}
              - blur: {kernel: k.npy}
            noise:
              - flow: {model: streaks}
              - digits: {model: streaks, pictures: {idx: d.idx}, placement: known}
            prior: faces64
            """)
        #expect(
            spec.files == [
                FileReference(.picture, "a.png"), FileReference(.picture, "b.npy"),
                FileReference(.picture, "m.png"), FileReference(.array, "k.npy"),
                FileReference(.model, "streaks"), FileReference(.dataset, "d.idx"),
                FileReference(.model, "faces64"),
            ])
    }
}

import Daemon
import Jobs

/// Understands jobs of one line: `PICTURE …`, `*` for all pictures of a folder, or `bad`.
struct PlainInspector: JobInspecting {
    func inspect(
        _ content: [UInt8], name: String, isFolder: Bool, defaults: (String) -> [UInt8]?
    ) throws(JobFailure) -> JobNeeds {
        let words = String(decoding: content, as: UTF8.self).split(separator: " ").map(String.init)
        if words.isEmpty || words.contains("bad") {
            throw JobFailure(.job, "job.invalid", "it is bad", file: name, line: 1, column: 1)
        }
        var needs = JobNeeds(pictures: words.filter { $0 != "*" && $0 != "nothing" })
        if words.contains("*") {
            needs.patterns = [
                JobNeeds.Pattern(text: "*.png", folder: "", matches: { $0.hasSuffix(".png") })
            ]
        }
        return needs
    }

    func names(in content: [UInt8], defaults: (String) -> [UInt8]?) -> [String] {
        String(decoding: content, as: UTF8.self).split(separator: " ").map(String.init)
            .filter { $0.hasSuffix(".png") }
    }
}

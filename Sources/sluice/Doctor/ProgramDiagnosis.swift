import Arrays
import FoundationEssentials
import Glibc
import Images
import Programs
import YAML

/// Whether the programs and their libraries do what they should.
struct ProgramDiagnosis {
    /// The folders of models, but for those that were installed.
    let models: [String]

    var findings: [Finding] {
        [Finding("sluice", .works, "version \(Software.version)"), codecs, text, daemon]
            + worker
    }

    /// Whether a picture survives being written and read.
    private var codecs: Finding {
        do {
            let pixels = HostArray([0, 128, 255, 7, 9, 200] as [UInt8], shape: [2, 3, 1])
            let picture = try Picture(pixels: pixels)
            guard try Picture(decoding: picture.png(), name: "PNG") == picture,
                try Picture(decoding: picture.jpeg(quality: 90), name: "JPEG").width == 3
            else {
                return Finding("pictures", .fails, "a PNG is not read as it was written")
            }
            return Finding("pictures", .works, "PNG (libpng) and JPEG (libjpeg)")
        } catch {
            return Finding(
                "pictures", .fails, "\(error)", remedy: "install libpng and libjpeg again")
        }
    }

    private var text: Finding {
        let document = YAMLDocument(reading: Array("a: [1]\n".utf8), file: "test")
        guard document.issues.isEmpty, document.root?["a"] != nil else {
            return Finding("job files", .fails, "YAML is not read", remedy: "install libyaml again")
        }
        return Finding("job files", .works, "YAML (libyaml)")
    }

    private var daemon: Finding {
        let searchPath = ProcessEnvironment.value("PATH") ?? ""
        guard let path = Installation.program("sluiced", searchPath: searchPath) else {
            return Finding(
                "sluiced", .fails, "is neither beside this program nor in $PATH",
                remedy: "build it: make build")
        }
        return Finding("sluiced", .works, path)
    }

    private var worker: [Finding] {
        guard let program = WorkerProgram() else {
            return [
                Finding(
                    WorkerProgram.name, .fails, "is neither beside this program nor in $PATH",
                    remedy: "build it: make build")
            ]
        }
        let missing = program.missingLibraries
        guard missing.isEmpty else {
            return [
                Finding(
                    "libtorch", .fails,
                    "\(program.path) needs \(missing.joined(separator: ", "))",
                    remedy: "install libtorch with Scripts/install-libtorch, or name its folder "
                        + "in $LIBTORCH and build again")
            ]
        }
        return [Finding(WorkerProgram.name, .works, program.path)] + answers(of: program)
    }

    /// What the worker itself finds.
    private func answers(of program: WorkerProgram) -> [Finding] {
        let run = ProgramRun(program.path, ["doctor", "--json"] + models.map { "--models=\($0)" })
        do {
            let text = run?.output ?? ""
            return try JSONDecoder().decode([Finding].self, from: Data(text.utf8))
        } catch {
            let end = run?.exitCode.map { "ends with exit code \($0)" } ?? "crashes"
            return [
                Finding(
                    "libtorch", .fails, "\(program.path) \(end)",
                    remedy: "run \(program.path) doctor to see what it says")
            ]
        }
    }
}

import ArgumentParser
import Arrays
import Models
import Programs
import Worker

struct ModelVerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check the files of a model, and that it is what it promises to be.",
        discussion: """
            Digests of the files; tensors against the architecture; for a flow, both ways after \
            each other, and the log-determinant against the Jacobian; random latents for pictures \
            that are not finite. The exit code is 65 when a check fails.
            """)

    @Argument(help: "The model.") var name: String

    @Option(help: "How many random latents are made into pictures.") var samples = 256

    @Option(help: "Chooses the random latents.") var seed: UInt64 = 0

    @OptionGroup var computing: ComputingOptions

    @OptionGroup var options: LibraryOptions

    @Flag(help: "Print JSON.") var json = false

    func validate() throws {
        guard (1...10_000_000).contains(samples) else {
            throw ValidationError("--samples is 1 to 10000000, not \(samples)")
        }
    }

    func run() throws {
        try reportingErrors(interrupted: { "interrupted" }) {
            Interruption.note()
            _ = try computing.prepare()
            let folder = try options.library.model(name)
            let checks = try checks(
                ModelVerification(
                    folder, samples: samples, seed: seed, on: computing.device.device()))
            let hasPassed = checks.allSatisfy { $0.outcome != .failed }
            if json {
                print(
                    JSONValue([
                        "name": .string(folder.description.name), "folder": .string(folder.path),
                        "passed": .bool(hasPassed), "checks": .array(checks.map(\.json)),
                    ]).text, terminator: "")
            }
            guard hasPassed else { throw ExitCode(SystemExit.badData.rawValue) }
        }
    }

    /// Makes the checks, and prints each when it is done unless JSON is asked for.
    private func checks(_ verification: ModelVerification) throws -> [ModelCheck] {
        var line = ProgressLine("verify", unit: "pictures")
        var checks: [ModelCheck] = []
        try verification.run { check in
            line.clear()
            checks.append(check)
            if !json { print(check.text) }
        } progress: { done in
            try Interruption.check()
            line.show(done, of: samples)
        }
        return checks
    }
}

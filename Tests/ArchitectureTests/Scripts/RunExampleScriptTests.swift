import Foundation
import Testing

/// `Scripts/run-example` with programs that only pretend.
@Suite(.timeLimit(.minutes(20))) struct RunExampleScriptTests {
    private let result = """
        {"images": [{"name": "a", "psnr": 1.0}],
         "mean": {
           "psnr": 21.5, "psnr_input": 9.25
         }, "warnings": []}
        """

    /// Runs the script with a daemon that does `daemon`, where `$folder` is the result's.
    private func run(daemon: String, isRunning: Bool = false) throws -> Script.Outcome {
        try withTree(["etc/jobs/stripes-on-digits/job.yaml": "", "result": result]) { tree in
            let script = try Script("Scripts/run-example", in: tree)
            let submit = """
                if [ "$1" = status ]; then exit \(isRunning ? 0 : 69); fi
                if [ "$1 $2 $3" != "submit etc/jobs/stripes-on-digits --name" ]; then exit 64; fi
                echo "Outbox/$4--1" > name
                \(isRunning ? "folder=Outbox/$4--1; \(daemon)" : "")
                """
            try script.pretend([
                "swift": "echo bin", "sluice": submit,
                "sluiced": "[ \"$*\" = --once ] || exit 64; folder=$(cat name); \(daemon)",
            ])
            return try script.run()
        }
    }

    @Test func `prints the report and the numbers`() throws {
        let outcome = try run(daemon: "mkdir -p $folder; cp result $folder/result.json")
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.contains("--1/report.html\n"))
        #expect(outcome.output.hasSuffix(" 12.250\n"))
        #expect(outcome.output.contains("mean psnr:"))
    }

    @Test func `a daemon that already works is used`() throws {
        let publish = "mkdir -p $folder; cp result $folder/result.json"
        let outcome = try run(daemon: publish, isRunning: true)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.hasSuffix(" 12.250\n"))
    }

    @Test func `a job that fails is a failure with its reason`() throws {
        let outcome = try run(
            daemon: "mkdir -p $folder.failed; echo no room > $folder.failed/error.json")
        #expect(outcome.status == 1)
        #expect(outcome.errors.hasPrefix("no room\nrun: the job failed"))
    }

    @Test func `a daemon that ends without a result is a failure with its log`() throws {
        let outcome = try run(daemon: "echo no worker >&2; exit 69")
        #expect(outcome.status == 1)
        #expect(outcome.errors.hasSuffix("its log ends with:\nno worker\n"))
    }

    @Test func `a result without numbers is a failure`() throws {
        let outcome = try run(daemon: "mkdir -p $folder; echo '{}' > $folder/result.json")
        #expect(outcome.status == 1)
        #expect(outcome.errors.hasPrefix("run: result.json has no numbers"))
    }
}

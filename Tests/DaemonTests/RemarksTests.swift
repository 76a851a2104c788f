import Daemon
import Foundation
import Glibc
import Jobs
import TestSupport
import Testing

/// What the status tells of results that warn of something.
@Suite struct RemarksTests {
    @Test func `a result with warnings is told in the status and counted in the numbers`() throws {
        try withTemporaryDirectory { root in
            let metrics = root.appending(path: "numbers.prom")
            let daemon = try RunningDaemon(
                root: root, configuration: "metrics: \(metrics.path)\n")
            try SampleJobs.submit("sure", fake: "sleep 1", to: root)
            try SampleJobs.submit("unsure", fake: "doubt", to: root)
            try daemon.start(["--once"])
            daemon.wait { daemon.process?.isRunning != true }
            let text = try RunningDaemon.sluice(["status"], root: root).text
            #expect(text.contains("2 finished (1 with warnings), 0 failed"))
            #expect(text.contains("last results with warnings:\n  unsure  "))
            #expect(text.contains("2 warnings: it is odd"))
            let numbers = try MetricsReading(String(contentsOf: metrics, encoding: .utf8)).values
            #expect(numbers["sluice_jobs_with_warnings_total"] == 1)
        }
    }
}

package import FoundationEssentials

/// When, where and with what a job ran.
package struct RunFacts: Equatable, Sendable {
    /// A program or library that had a part in the result.
    package struct Software: Equatable, Sendable {
        package let name: String
        package let version: String

        package init(name: String, version: String) {
            self.name = name
            self.version = version
        }
    }

    /// A part of the run, such as reading the model.
    package struct Stage: Equatable, Sendable {
        package let name: String
        package let seconds: Double

        package init(name: String, seconds: Double) {
            self.name = name
            self.seconds = seconds
        }
    }

    package let started: Date
    package let finished: Date
    /// The length of the run by the monotonic clock.
    package let seconds: Double
    package let device: String
    package let threads: Int
    package let seed: UInt64
    package let software: [Software]
    package let stages: [Stage]

    package init(
        started: Date, finished: Date, seconds: Double, device: String, threads: Int, seed: UInt64,
        software: [Software], stages: [Stage] = []
    ) {
        self.started = started
        self.finished = finished
        self.seconds = seconds
        self.device = device
        self.threads = threads
        self.seed = seed
        self.software = software
        self.stages = stages
    }
}

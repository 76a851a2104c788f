/// What the daemon asks of a worker, one JSON line each; see `Docs/worker-protocol.md`.
package enum WorkerRequest: Equatable, Sendable {
    /// Decode pictures to their end and say which of them do not.
    case probe(Probe)
    /// Solve one job.
    case solve(Solve)
    /// Solve several jobs whose settings agree, in shared batches.
    case together(Together)

    /// Caps that hold before anything is allocated.
    package struct Limits: Codable, Equatable, Sendable {
        /// The largest picture, in pixels.
        package var pixels: Int
        /// The largest number of pictures of one job.
        package var pictures: Int

        package init(pixels: Int = 64 << 20, pictures: Int = 1000) {
            self.pixels = pixels
            self.pictures = pictures
        }
    }

    package struct Probe: Codable, Equatable, Sendable {
        package var request: Int
        /// The absolute path of the folder that the pictures lie beneath.
        package var directory: String
        /// Relative paths, in the form of `PathText`.
        package var pictures: [String]
        package var limits: Limits

        package init(request: Int, directory: String, pictures: [String], limits: Limits) {
            self.request = request
            self.directory = directory
            self.pictures = pictures
            self.limits = limits
        }
    }

    package struct Solve: Codable, Equatable, Sendable {
        package var request: Int
        /// The name under which the job was submitted.
        package var job: String
        package var id: String
        package var attempt: Int
        /// The absolute path of the job file.
        package var jobFile: String
        /// The absolute path of the folder that relative paths in the job are resolved beneath.
        package var inputs: String
        /// The absolute path of an empty folder: the only place where the worker writes.
        package var output: String
        /// `auto`, `cpu` or `cuda`.
        package var device: String
        package var threads: Int
        /// Absolute paths of the folders that models may come from, in order of search.
        package var models: [String]
        /// Absolute paths of the folders that data sets may come from, in order of search.
        package var datasets: [String]
        package var limits: Limits

        package init(
            request: Int, job: String, id: String, attempt: Int, jobFile: String, inputs: String,
            output: String, device: String, threads: Int, models: [String], datasets: [String],
            limits: Limits
        ) {
            self.request = request
            self.job = job
            self.id = id
            self.attempt = attempt
            self.jobFile = jobFile
            self.inputs = inputs
            self.output = output
            self.device = device
            self.threads = threads
            self.models = models
            self.datasets = datasets
            self.limits = limits
        }
    }

    package struct Together: Codable, Equatable, Sendable {
        package var request: Int
        /// At least one; each is answered under its own number.
        package var jobs: [Solve]

        package init(request: Int, jobs: [Solve]) {
            self.request = request
            self.jobs = jobs
        }
    }

    /// The number that every event about this request repeats.
    package var number: Int {
        switch self {
        case .probe(let probe): probe.request
        case .solve(let solve): solve.request
        case .together(let together): together.request
        }
    }
}

extension WorkerRequest: Codable {
    private enum Kind: String, Codable {
        case probe, solve, together
    }

    private enum Key: CodingKey {
        case type
    }

    package init(from decoder: any Decoder) throws {
        let kind = try decoder.container(keyedBy: Key.self).decode(Kind.self, forKey: .type)
        switch kind {
        case .probe: self = .probe(try Probe(from: decoder))
        case .solve: self = .solve(try Solve(from: decoder))
        case .together: self = .together(try Together(from: decoder))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        switch self {
        case .probe(let probe):
            try container.encode(Kind.probe, forKey: .type)
            try probe.encode(to: encoder)
        case .solve(let solve):
            try container.encode(Kind.solve, forKey: .type)
            try solve.encode(to: encoder)
        case .together(let together):
            try container.encode(Kind.together, forKey: .type)
            try together.encode(to: encoder)
        }
    }
}

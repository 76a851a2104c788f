package import Jobs
package import Tensors

/// An experiment to be carried out: where it lies, what it may read, and where its results go.
package struct ExperimentOrder: Sendable {
    /// The name of its file, without extension.
    package var name: String
    package var spec: ExperimentSpec
    /// The folder that relative paths in the experiment are resolved beneath.
    package var folder: String
    package var policy: PathPolicy
    /// The folder of the results; what an earlier run left there is used.
    package var output: String
    package var device: Device
    package var threads: Int
    /// So many pictures of every set, its first ones; nil is all.
    package var limit: Int?
    /// The names of the methods that are carried out; empty is all.
    package var methods: [String]
    /// Whether results that are there already are made anew.
    package var isFresh: Bool
    /// The name and version of the programs.
    package var software: String

    package init(
        name: String, spec: ExperimentSpec, folder: String, policy: PathPolicy, output: String,
        device: Device, threads: Int, limit: Int? = nil, methods: [String] = [],
        isFresh: Bool = false, software: String
    ) {
        self.name = name
        self.spec = spec
        self.folder = folder
        self.policy = policy
        self.output = output
        self.device = device
        self.threads = threads
        self.limit = limit
        self.methods = methods
        self.isFresh = isFresh
        self.software = software
    }
}

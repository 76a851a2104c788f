import ArgumentParser
import Jobs
import Programs
import Worker

/// Where models are looked for.
struct LibraryOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A folder of models, searched before Models/ and the installed ones.",
            valueName: "folder"))
    var models: [String] = []

    /// All folders, the first searched first.
    var folders: [String] { models + ["Models"] + Installation.folders(named: "Models") }

    /// What the user's own jobs may name, and where it is looked for.
    var policy: PathPolicy {
        .user(datasets: ["Data"] + Installation.folders(named: "Data"), models: folders)
    }

    var library: ModelLibrary { ModelLibrary(folders) }
}

import ArgumentParser
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

    var library: ModelLibrary { ModelLibrary(folders) }
}

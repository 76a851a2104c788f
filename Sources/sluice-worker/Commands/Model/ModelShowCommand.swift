import ArgumentParser
import Arrays
import Tensors
import Worker

struct ModelShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show what a model is, how good it is and where it came from.",
        discussion: "The memory is measured, with one iteration of MAP on one picture on the CPU.")

    @Argument(help: "The model.") var name: String

    @OptionGroup var options: LibraryOptions

    @Flag(help: "Print JSON.") var json = false

    func run() throws {
        try reportingErrors {
            try TorchProcess.flushDenormals(true)
            let summary = try ModelSummary(options.library.model(name))
            if json {
                print(try summary.json().text, terminator: "")
            } else {
                print(summary.text)
            }
        }
    }
}

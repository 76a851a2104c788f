import ArgumentParser
import Jobs
import YAML

struct SchemaCommand: ParsableCommand {
    enum Subject: String, CaseIterable, ExpressibleByArgument {
        case job, recipe, experiment, config
    }

    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Print the JSON Schema (draft-07) of a kind of file, for editors.")

    @Argument(help: "The kind of file.")
    var subject: Subject

    func run() throws {
        switch subject {
        case .job: print(SchemaDocument.job.json, terminator: "")
        case .recipe: print(SchemaDocument.recipe.json, terminator: "")
        case .config: print(SchemaDocument.configuration.json, terminator: "")
        case .experiment: print(SchemaDocument.experiment.json, terminator: "")
        }
    }
}

import ArgumentParser
import Models
import Programs
import Worker

struct ModelConvertCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "convert", abstract: "Make a model of weights that another program trained.",
        discussion: """
            Nothing in the file is executed. What the file does not say is read from configs.json \
            beside it, detected, or has to be said; Docs/models.md has the conventions of every \
            program. A self-test ends the conversion.
            """)

    @Argument(help: "The file with the weights.") var source: String

    @Option(help: "Whose it is: \(CheckpointFormat.names).") var from: CheckpointFormat

    @Option(help: "The folder of the model, such as Models/NAME; an older model is replaced.")
    var output: String

    @OptionGroup(title: "What files do not say") var options: ConversionArguments

    @Flag(help: "Store the weights in half the size, with eight bits of precision.")
    var bfloat16 = false

    @Flag(inversion: .prefixedNo, help: "Measure whether the model is the bijection it should be.")
    var selfTest = true

    @Option(help: "How many threads; by default one for every core.") var threads: Int?

    func run() throws {
        try reportingErrors {
            var computing = ComputingOptions()
            (computing.device, computing.threads) = (.cpu, threads)
            _ = try computing.prepare()
            let conversion = Conversion(
                format: from, options: try options.options(source: source, format: from))
            let outcome = try ModelConversion(
                source, conversion, storage: WeightStorage(bfloat16 ? .bfloat16 : .float32)
            ).write(to: output, isTesting: selfTest)
            print(outcome.folder)
            for line in outcome.lines { print(line) }
        }
    }
}

extension CheckpointFormat: ExpressibleByArgument {
    fileprivate static var names: String {
        allCases.map(\.rawValue).joined(separator: ", ")
    }
}

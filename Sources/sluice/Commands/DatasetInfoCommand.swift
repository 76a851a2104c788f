import ArgumentParser
import Arrays
import Datasets
import FoundationEssentials

struct DatasetInfoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "info", abstract: "Show the shape and the statistics of an IDX file.")

    @Argument(help: "The IDX file.") var file: String

    @Flag(help: "Print JSON.") var json = false

    func run() throws {
        try reportingErrors {
            let statistics = DatasetStatistics(of: try IDXFile(reading: file))
            if json {
                let encoder = JSONEncoder()
                encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
                print(String(decoding: try encoder.encode(statistics), as: UTF8.self))
            } else {
                for line in DatasetSummary.lines(statistics) { print(line) }
            }
        }
    }
}

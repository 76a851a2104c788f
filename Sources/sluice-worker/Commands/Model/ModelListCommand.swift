import ArgumentParser
import Arrays
import Programs
import Worker

struct ModelListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Show which models are installed.",
        discussion: "A folder that cannot be read is listed with what is wrong with it.")

    @OptionGroup var options: LibraryOptions

    @Flag(help: "Print JSON.") var json = false

    func run() throws {
        try reportingErrors {
            let listings = options.library.places.map(ModelListing.init)
            if json {
                print(JSONValue.array(listings.map(\.json)).text, terminator: "")
            } else if listings.isEmpty {
                let places = options.library.folders.joined(separator: ", ")
                StandardError.write("there are no models in \(places)")
            } else {
                print(ModelTable(listings).text)
            }
        }
    }
}

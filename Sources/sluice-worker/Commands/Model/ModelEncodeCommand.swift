import ArgumentParser
import Arrays
import Foundation
import Programs
import Worker

struct ModelEncodeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "encode", abstract: "Find the latents of pictures, and how probable they are.",
        discussion: """
            The archive has the latents z0, z1 and so on, the coarsest last, and for every picture \
            log_det and log_likelihood in nats. Its path and the mean of log_likelihood go to \
            standard output.
            """)

    @Argument(help: "The model.") var name: String

    @Argument(
        help: """
            PNG and JPEG files, and NPY files with many pictures, [batch, channel, height, width] \
            with values from 0 to 1.
            """)
    var pictures: [String]

    @Option(name: .shortAndLong, help: "The archive, NAME.npz.") var output: String

    @Flag(help: "Replace an archive that exists already.") var replace = false

    @Flag(help: "The NPY files are in the model's own scale, without centring or logit.")
    var raw = false

    @OptionGroup var computing: ComputingOptions

    @OptionGroup var options: LibraryOptions

    @Flag(help: "Print JSON, with the numbers of every picture.") var json = false

    func validate() throws {
        guard output.hasSuffix(".npz") else {
            throw ValidationError("--output is the name of an NPZ file, not \(output)")
        }
    }

    func run() throws {
        try reportingErrors {
            Interruption.note()
            let folder = try options.library.model(name)
            let place = try OutputPlace(output, isReplacing: replace, inputs: pictures)
            _ = try computing.prepare()
            let encoding = try PictureEncoding(
                folder, on: computing.device.device(), scale: raw ? .own : .unit)
            let encoded = try encoded(encoding)
            try encoded.write(to: place.path)
            report(encoded, place)
        }
    }

    private func encoded(_ encoding: PictureEncoding) throws -> EncodedPictures {
        var line = ProgressLine("encode", unit: "pictures")
        defer { line.clear() }
        return try encoding.encoded(pictures) { done, count in
            try Interruption.check()
            line.show(done, of: count)
        }
    }

    private func report(_ encoded: EncodedPictures, _ place: OutputPlace) {
        if json {
            let facts = JSONValue(["output": .string(place.path), "pictures": encoded.json])
            return print(facts.text, terminator: "")
        }
        let count = encoded.names.count
        let mean = encoded.logLikelihood.reduce(0, +) / Double(count)
        print(place.path)
        print(
            "\(count) \(count == 1 ? "picture" : "pictures"), "
                + "mean log-likelihood \(String(format: "%.2f", mean)) nats")
    }
}

import ArgumentParser
import Arrays
import Programs
import Worker

struct ModelDecodeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decode", abstract: "Make the pictures of latents.",
        discussion: """
            The result is float32 [batch, channel, height, width]: an NPY file, or an NPZ file \
            whose only member is x. Its path goes to standard output.
            """)

    @Argument(help: "The model.") var name: String

    @Argument(help: "The archive with the latents z0, z1 and so on, as encode writes it.")
    var latents: String

    @Option(name: .shortAndLong, help: "The file of the pictures, NAME.npy or NAME.npz.")
    var output: String

    @Flag(help: "Replace a file that exists already.") var replace = false

    @Flag(help: "Leave the pictures in the model's own scale, without centring or logit.")
    var raw = false

    @OptionGroup var computing: ComputingOptions

    @OptionGroup var options: LibraryOptions

    func validate() throws {
        guard output.hasSuffix(".npy") || output.hasSuffix(".npz") else {
            throw ValidationError("--output is the name of an NPY or NPZ file, not \(output)")
        }
    }

    func run() throws {
        try reportingErrors {
            Interruption.note()
            let folder = try options.library.model(name)
            let place = try OutputPlace(output, isReplacing: replace, inputs: [latents])
            _ = try computing.prepare()
            let decoding = try PictureDecoding(
                folder, on: computing.device.device(), scale: raw ? .own : .unit)
            let pictures = try decoded(decoding)
            if output.hasSuffix(".npz") {
                try NPZFile(["x": pictures]).write(to: place.path)
            } else {
                try NPYFile(pictures).write(to: place.path)
            }
            print(place.path)
        }
    }

    private func decoded(_ decoding: PictureDecoding) throws -> HostArray {
        var line = ProgressLine("decode", unit: "pictures")
        defer { line.clear() }
        return try decoding.decoded(latents) { done, count in
            try Interruption.check()
            line.show(done, of: count)
        }
    }
}

import Arrays
import Foundation
import Images
import Jobs
import Reports
import Solvers
import Tensors

/// Writes the files of a result, and reads them back.
struct ResultFolder {
    let path: String
    let output: OutputSpec
    /// The folder within the result that pictures go to: empty, or with / at its end.
    var place = ""
    private(set) var files: [JobOutcome.File] = []

    init(_ path: String, _ output: OutputSpec) {
        self.path = path
        self.output = output
    }

    /// Writes the pictures and arrays of one restored picture and describes them.
    ///
    /// - Throws: `ArrayError` or `ImageError`.
    mutating func write(_ result: RestoredPicture, bits: Double?) throws -> ImageReport {
        let name = result.picture.name
        let restored = try result.restored.hostArray()
        let measurement = try result.measurement.hostArray()
        let noise = try result.noise.hostArray()
        let truth = try result.truth?.hostArray()
        let shown = try noise.isPicture ? SignedPicture(noise, name: name) : nil
        let pictures = ImagePictures(
            truth: try truth.map { try Picture(floats: $0, name: name) },
            measurement: try measurement.isPicture
                ? Picture(floats: measurement, name: name) : nil,
            restored: try Picture(floats: restored, name: name),
            noise: shown,
            trueNoise: try result.trueNoise.flatMap { noise in
                try shown.map {
                    try SignedPicture(noise.hostArray(), scale: $0.scale, name: name)
                }
            },
            error: try result.truth.map { truth in
                try SignedPicture((result.restored - truth).hostArray(), name: name)
            },
            deviation: try result.posterior.map {
                try SpreadPicture($0.deviation.hostArray(), name: name)
            }, samples: try result.posterior?.sheet(named: name))
        try result.posterior.map { try write($0, pictures, name) }
        let files = try write(pictures, restored, measurement, noise, name)
        return ImageReport(
            name: result.picture.source, files: files, pictures: pictures, score: result.score,
            objective: result.terms.objective, iterations: result.iterations,
            seconds: result.seconds, logLikelihood: result.logLikelihood, bitsPerDim: bits,
            trace: result.trace, warnings: result.warnings,
            noiseFound: result.finding.map(FoundNoise.init),
            posterior: try result.posterior.map { try PosteriorFacts($0, truth: result.truth) },
            betaFound: result.beta,
            noise: result.noiseFacts,
            standing: result.oddness.map {
                Standing(prior: $0.prior, latents: $0.latents, noise: $0.noise)
            })
    }

    private mutating func write(
        _ pictures: ImagePictures, _ restored: HostArray, _ measurement: HostArray,
        _ noise: HostArray, _ name: String
    ) throws -> ImageReport.Files {
        let asNumbers = output.arrays
        let asPictures = output.images == .png
        if asNumbers {
            try write(NPYFile(restored).serialized(), to: "\(place)restored/\(name).npy")
            try write(NPYFile(noise.inComplexNumbers).serialized(), to: "\(place)noise/\(name).npy")
        }
        // All methods had the same measurements, which are there already.
        let isFirst = place.isEmpty
        if isFirst, asNumbers || (asPictures && pictures.measurement == nil) {
            try write(
                NPYFile(measurement.inComplexNumbers).serialized(),
                to: "measurement/\(name).npy")
        }
        if asPictures {
            try write(pictures.restored.png(name: name), to: "\(place)restored/\(name).png")
            try (isFirst ? pictures.measurement : nil).map {
                try write($0.png(name: name), to: "measurement/\(name).png")
            }
            try pictures.noise.map {
                try write($0.picture.png(name: name), to: "\(place)noise/\(name).png")
            }
        }
        func file(_ kind: String, in place: String = place) -> String? {
            [".png", ".npy"].map { "\(place)\(kind)/\(name)\($0)" }.first { path in
                files.contains { $0.path == path }
            }
        }
        return ImageReport.Files(
            restored: file("restored") ?? "", measurement: file("measurement", in: ""),
            noise: file("noise"), deviation: file("deviation"), interval: file("interval"),
            samples: file("samples"))
    }

    /// Writes one file; folders are made as needed.
    ///
    /// - Throws: `ArrayError` when it cannot be written.
    mutating func write(_ bytes: [UInt8], to name: String) throws {
        let file = "\(path)/\(name)"
        let folder = (file as NSString).deletingLastPathComponent
        try FolderEntry.makeFolder(folder)
        try OutputFile.write(bytes, to: file)
        files.append(
            .init(path: name, bytes: bytes.count, sha256: SHA256.hexadecimal(of: bytes)))
    }

    /// Takes back what was written into `place`.
    ///
    /// - Throws: `CocoaError` when it cannot be removed.
    mutating func discardPlace() throws {
        let folder = "\(path)/\(place)"
        if FileManager.default.fileExists(atPath: folder) {
            try FileManager.default.removeItem(atPath: folder)
        }
        files.removeAll { $0.path.hasPrefix(place) }
    }

    /// Reads every file again: pictures are decoded to their ends.
    ///
    /// - Throws: `PipelineError` with the first file that is not as it was written.
    func verify() throws(PipelineError) {
        for file in files {
            do {
                try verify(file)
            } catch let error as PipelineError {
                throw error
            } catch {
                throw PipelineError(.damagedResult("\(error)"), in: file.path)
            }
        }
    }

    private func verify(_ file: JobOutcome.File) throws {
        let input = try InputFile("\(path)/\(file.path)")
        guard input.size == file.bytes else {
            throw PipelineError(
                .damagedResult("\(input.size) of \(file.bytes) bytes"), in: file.path)
        }
        guard try SHA256.hexadecimal(of: input) == file.sha256 else {
            throw PipelineError(.damagedResult("other bytes than written"), in: file.path)
        }
        // Arrays, which may be large, are not held as a whole.
        if file.path.hasSuffix(".png") {
            _ = try Picture(decoding: input.contents(), name: file.path)
        } else if file.path.hasSuffix(".json") {
            let text = String(decoding: try input.contents(), as: UTF8.self)
            _ = try JSONValue(parsing: text, context: file.path)
        }
    }
}

extension HostArray {
    /// Whether it can be shown: one or three channels, and pixels.
    fileprivate var isPicture: Bool {
        shape.count == 3 && [1, 3].contains(shape[0]) && shape[1] > 0 && shape[2] > 0
    }
}

extension FoundNoise {
    fileprivate init(_ finding: Solution.Finding) {
        switch finding {
        case .deviation(let std): self = .deviation(std)
        case .amplitude(let amplitude): self = .amplitude(amplitude)
        case .patches(let patches):
            self = .places(
                patches.map { Place(row: $0.row, column: $0.column, channel: $0.channel) })
        }
    }
}

import Arrays
import Jobs
import Models
import YAML

/// Names results by a digest of everything that determines them.
struct CellDigests {
    /// What one picture of a trial is called.
    struct Names: Equatable, Sendable {
        let cell: String
        let measurement: String
        let truth: String
    }

    private let reader: PictureReader
    private let software: String
    /// The digests of files that were read already.
    private var known: [FileReference: String] = [:]

    init(reader: PictureReader, software: String) {
        self.reader = reader
        self.software = software
    }

    /// The names of all `pictures`, whose digests are given, as results of `job`.
    ///
    /// The settings of the job, the weights of its models, the content of the files of its operator
    /// and its noise, the picture, and its number, which names its random streams, are what a result
    /// depends on, and the version of the program.
    ///
    /// - Throws: `PipelineError` when a file is missing, and the errors of reading it.
    mutating func names(of job: JobSpec, _ pictures: [String]) throws -> [Names] {
        var job = job
        job.images = .files([])
        // The digest of a picture is that of the prepared one.
        job.prepare = PrepareSpec()
        if !job.solver.needsPrior { job.prior = nil }
        let whole = try text(of: job)
        job.solver = .map(MAPSpec())
        job.prior = nil
        let measured = try text(of: job)
        return pictures.enumerated().map { index, picture in
            let own = "picture \(picture)\nnumber \(index)\n"
            return Names(
                cell: Self.digest("cell\n\(whole)\(own)"),
                measurement: Self.digest("measurement\n\(measured)\(own)"), truth: picture)
        }
    }

    /// The digest of a prepared picture.
    static func digest(of picture: JobPicture) -> String {
        let shape = picture.values.shape.map(String.init).joined(separator: "×")
        return SHA256.hexadecimal(of: Array(shape.utf8) + picture.values.bytes)
    }

    private mutating func text(of job: JobSpec) throws -> String {
        var text = "\(software)\n\(job.value.yaml)"
        for file in job.files + job.noise.impliedFiles {
            text += "\(file.kind.rawValue) \(file.path) \(try digest(of: file))\n"
        }
        return text
    }

    private mutating func digest(of file: FileReference) throws -> String {
        if let digest = known[file] { return digest }
        let digest = try newDigest(of: file)
        known[file] = digest
        return digest
    }

    private func newDigest(of file: FileReference) throws -> String {
        if file.kind == .pictures {
            let pictures = try reader.pictures(.glob(Glob(file.path)), prepare: PrepareSpec())
            return Self.digest(pictures.map(Self.digest).joined(separator: "\n"))
        }
        let remedy =
            file.kind == .model ? "sluice doctor lists what is installed" : "correct the path"
        let place = try reader.place(of: file, remedy: remedy)
        guard file.kind == .model else {
            return try SHA256.hexadecimal(of: InputFile(place))
        }
        // The description has the digest of the weights.
        _ = try ModelFolder(reading: place)
        return try SHA256.hexadecimal(of: InputFile("\(place)/model.json"))
    }

    private static func digest(_ text: String) -> String {
        SHA256.hexadecimal(of: [UInt8](text.utf8))
    }
}

extension NoiseSpec {
    /// The files that noise is drawn from where the job names none.
    fileprivate var impliedFiles: [FileReference] {
        switch self {
        case .digits(let digits):
            digits.pictures == nil ? [FileReference(.dataset, NoiseBuilder.testDigitsFile)] : []
        case .sum(let parts): parts.flatMap(\.impliedFiles)
        case .none, .gaussian, .sine, .radial, .laplace, .studentT, .poisson, .flow: []
        }
    }
}

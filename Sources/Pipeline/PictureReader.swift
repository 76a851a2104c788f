import Arrays
import Datasets
import Foundation
import Images
package import Jobs

/// Finds, decodes and prepares the pictures that a job names.
package struct PictureReader {
    let policy: PathPolicy
    let folder: String
    let limits: WorkerRequest.Limits

    package init(policy: PathPolicy, folder: String, limits: WorkerRequest.Limits) {
        self.policy = policy
        self.folder = folder
        self.limits = limits
    }

    /// The pictures of `images`, in their order.
    ///
    /// - Parameters:
    ///   - images: what the job names.
    ///   - prepare: what is done to each.
    ///   - path: the part of the job that names them.
    /// - Returns: one for each.
    /// - Throws: `JobFault` with the part that names the picture, or `ImageError`, which names a picture
    ///   that is damaged.
    package func pictures(
        _ images: ImagesSpec, prepare: PrepareSpec, at path: SettingPath = .key("images")
    ) throws -> [JobPicture] {
        try pictures(images, prepare, .picture, path)
    }

    /// What `spec` gives, pictures or measurements, in their order.
    ///
    /// - Throws: `JobFault` and `ImageError`.
    func pictures(of spec: JobSpec) throws -> [JobPicture] {
        try pictures(spec.images, spec.prepare, ArrayContent(spec), .key("images"))
    }

    private func pictures(
        _ images: ImagesSpec, _ prepare: PrepareSpec, _ content: ArrayContent,
        _ path: SettingPath
    ) throws -> [JobPicture] {
        switch images {
        case .files(let files):
            try checkCount(files.count, path)
            return try self.files(files, prepare, content) { files.count > 1 ? path[$0] : path }
        case .glob(let glob):
            let names = try JobFault.at(path, remedy: Self.remedy) {
                try self.names(matching: glob)
            }
            try checkCount(names.count, path)
            return try files(names, prepare, content) { _ in path }
        case .idx(let images):
            return try JobFault.at(path["idx"], remedy: "give an IDX file of pictures") {
                try items(of: images, prepare, path)
            }
        }
    }

    /// What to do about a file that holds no picture or measurement.
    private static let remedy =
        "give a picture, or an NPY file of float32 numbers, or of complex64 ones for fourier"

    private func files(
        _ files: [String], _ prepare: PrepareSpec, _ content: ArrayContent,
        at path: (Int) -> SettingPath
    ) throws -> [JobPicture] {
        let names = PictureNames.names(for: files)
        return try files.indices.map { index in
            try JobFault.at(path(index), remedy: Self.remedy) {
                try prepared(files[index], name: names[index], prepare, content)
            }
        }
    }

    private func prepared(
        _ path: String, name: String, _ prepare: PrepareSpec, _ content: ArrayContent
    ) throws -> JobPicture {
        if path.lowercased().hasSuffix(".npy") {
            let values = try numbers(path, prepare, content)
            return JobPicture(
                name: name, source: path, values: values, isReshaped: false, isGrayed: false)
        }
        let file = try place(
            of: FileReference(.picture, path), remedy: "put it beside the job file")
        let options = DecodingOptions(maximumPixels: limits.pixels)
        let bytes = try InputFile(file).contents()
        let picture = try Picture(decoding: bytes, options: options, name: path)
        return try picture.prepared(prepare, name: name, source: path)
    }

    private func items(
        of images: IDXImages, _ prepare: PrepareSpec, _ part: SettingPath
    ) throws -> [JobPicture] {
        let reference = FileReference(.dataset, images.path)
        let path = try place(of: reference, remedy: "put it into a folder of data sets")
        let file = try IDXFile(reading: path)
        guard file.count > 0 else {
            throw PipelineError(
                .picture("there are no pictures in it", remedy: "name another file"),
                in: images.path)
        }
        let indices = try selected(images.selection, from: file.count, images.path, part)
        try checkCount(indices.count, part)
        let stem = PictureNames.names(for: [images.path])[0]
        return try indices.map { index in
            let item = file.item(index)
            let shape = item.shape.count == 2 ? item.shape + [1] : item.shape
            let picture = try Picture(pixels: item.reshaped(to: shape), name: images.path)
            return try picture.prepared(
                prepare, name: "\(stem)-\(index)", source: "\(images.path)[\(index)]")
        }
    }

    private func selected(
        _ selection: IDXImages.Selection, from count: Int, _ file: String, _ path: SettingPath
    ) throws(JobFault) -> [Int] {
        switch selection {
        case .all: return Array(0..<count)
        case .indices(let indices):
            if let outside = indices.firstIndex(where: { !(0..<count).contains($0) }) {
                throw JobFault(
                    .picture(
                        "there is no picture \(indices[outside]) in \(file)",
                        remedy: "write 0 to \(count - 1)"), at: path["select"][outside])
            }
            return indices
        case .sample(let size, let seed):
            guard size <= count else {
                throw JobFault(
                    .picture(
                        "there are not \(size) pictures in \(file)",
                        remedy: "write \(count) or less"), at: path["sample"])
            }
            var random = NumPyRandom(seed: seed)
            return random.choiceWithoutReplacement(count, size: size)
        }
    }

    private func names(matching glob: Glob) throws -> [String] {
        let place = policy.candidates(
            for: FileReference(.pictures, glob.path), jobFolder: folder)
        guard let pattern = place.first else {
            throw PipelineError(
                .missing(kind: "folder", remedy: "name one beneath the job"), in: glob.path)
        }
        let entries = try FolderEntry.all(in: Glob(pattern).folder)
        let names = entries.filter { !$0.isFolder && glob.matches($0.name) }.map(\.name).sorted()
        guard !names.isEmpty else {
            throw PipelineError(
                .missing(kind: "picture", remedy: "put pictures beside the job"), in: glob.path)
        }
        return names.map { glob.folder.isEmpty ? $0 : "\(glob.folder)/\($0)" }
    }

    /// The first place where `reference` exists.
    func place(of reference: FileReference, remedy: String) throws(PipelineError) -> String {
        let places = policy.candidates(for: reference, jobFolder: folder)
        guard let place = places.first(where: InputFile.exists) else {
            throw PipelineError(
                .missing(kind: reference.kind.rawValue, remedy: remedy), in: reference.path)
        }
        return place
    }

    private func checkCount(_ count: Int, _ path: SettingPath) throws(JobFault) {
        guard count <= limits.pictures else {
            throw JobFault(.tooMany(count: count, limit: limits.pictures), at: path)
        }
    }
}

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
    /// - Throws: `PipelineError`, `ImageError` or `ArrayError`, which name the picture.
    package func pictures(
        _ images: ImagesSpec, prepare: PrepareSpec
    ) throws -> [JobPicture] {
        try pictures(images, prepare, .picture)
    }

    /// What `spec` gives, pictures or measurements, in their order.
    ///
    /// - Throws: `PipelineError`, `ImageError` or `ArrayError`, which name the picture.
    func pictures(of spec: JobSpec) throws -> [JobPicture] {
        try pictures(spec.images, spec.prepare, ArrayContent(spec))
    }

    private func pictures(
        _ images: ImagesSpec, _ prepare: PrepareSpec, _ content: ArrayContent
    ) throws -> [JobPicture] {
        switch images {
        case .files(let paths):
            return try files(paths, prepare, content)
        case .glob(let glob):
            return try files(names(matching: glob), prepare, content)
        case .idx(let images):
            return try items(of: images, prepare)
        }
    }

    private func files(
        _ paths: [String], _ prepare: PrepareSpec, _ content: ArrayContent
    ) throws -> [JobPicture] {
        try checkCount(paths.count)
        return try zip(paths, PictureNames.names(for: paths)).map { path, name in
            try prepared(path, name: name, prepare, content)
        }
    }

    private func prepared(
        _ path: String, name: String, _ prepare: PrepareSpec, _ content: ArrayContent
    ) throws -> JobPicture {
        let reference = FileReference(.picture, path)
        let file = try place(of: reference, remedy: "put it beside the job file")
        if path.lowercased().hasSuffix(".npy") {
            let values = try array(file, path, prepare, content)
            return JobPicture(
                name: name, source: path, values: values, isReshaped: false, isGrayed: false)
        }
        let options = DecodingOptions(maximumPixels: limits.pixels)
        let bytes = try InputFile(file).contents()
        let picture = try Picture(decoding: bytes, options: options, name: path)
        return try picture.prepared(prepare, name: name, source: path)
    }

    /// Numbers are taken as they are: only pictures are cropped, resized or quantised.
    private func array(
        _ file: String, _ path: String, _ prepare: PrepareSpec, _ content: ArrayContent
    ) throws -> HostArray {
        guard prepare == PrepareSpec() else {
            throw PipelineError(
                .picture("an NPY file is not prepared; leave out prepare, or give a PNG"),
                in: path)
        }
        let stored = try NPYFile(reading: file, complexNumbers: .accepted).array.inRealParts
        if let trouble = content.trouble(with: stored.elementType) {
            throw PipelineError(.picture(trouble), in: path)
        }
        let array = try stored.converted(to: .float32)
        let shape = array.shape.count == 2 ? [1] + array.shape : array.shape
        // One axis is a measurement that is no picture, four are complex numbers of one.
        guard [1, 3, 4].contains(shape.count), shape.allSatisfy({ $0 > 0 }),
            shape.suffix(2).reduce(1, *) <= limits.pixels
        else {
            throw PipelineError(
                .picture("the shape \(array.shape) is not [channel, height, width]"), in: path)
        }
        guard try array.numbers(as: Float.self).allSatisfy(\.isFinite) else {
            throw PipelineError(.picture("it has infinite values or NaN; repair it"), in: path)
        }
        return try array.reshaped(to: shape)
    }

    private func items(of images: IDXImages, _ prepare: PrepareSpec) throws -> [JobPicture] {
        let reference = FileReference(.dataset, images.path)
        let path = try place(of: reference, remedy: "put it into a folder of data sets")
        let file = try IDXFile(reading: path)
        guard file.count > 0 else {
            throw PipelineError(.picture("there are no pictures in it"), in: images.path)
        }
        let indices = try selected(images.selection, from: file.count, images.path)
        try checkCount(indices.count)
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
        _ selection: IDXImages.Selection, from count: Int, _ path: String
    ) throws(PipelineError) -> [Int] {
        switch selection {
        case .all: return Array(0..<count)
        case .indices(let indices):
            if let outside = indices.first(where: { !(0..<count).contains($0) }) {
                throw PipelineError(
                    .picture("there is no picture \(outside); it has 0 to \(count - 1)"), in: path)
            }
            return indices
        case .sample(let size, let seed):
            guard size <= count else {
                throw PipelineError(.picture("\(size) pictures of only \(count)"), in: path)
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

    private func checkCount(_ count: Int) throws(PipelineError) {
        guard count <= limits.pictures else {
            throw PipelineError(.tooMany(count: count, limit: limits.pictures), in: "images")
        }
    }
}

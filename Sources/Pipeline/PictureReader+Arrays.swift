import Arrays
import Jobs

/// Pictures, measurements and matrices that are numbers.
extension PictureReader {
    /// Numbers are taken as they are: only pictures are cropped, resized or quantised.
    func numbers(
        _ path: String, _ prepare: PrepareSpec, _ content: ArrayContent
    ) throws -> HostArray {
        let stored = try array(path, of: .picture) { (place) throws(ArrayError) in
            try NPYFile(reading: place, complexNumbers: .accepted).array
        }
        guard prepare == PrepareSpec() else {
            throw JobFault(
                .picture(
                    "the NPY file \(path) is not prepared",
                    remedy: "leave out prepare, or give a PNG"), at: .key("prepare"))
        }
        // Parts of complex numbers are floating-point numbers.
        let isComplex = stored.elementType == .complex64
        if let (problem, remedy) = content.trouble(with: isComplex ? .float32 : stored.elementType)
        {
            throw PipelineError(.picture(problem, remedy: remedy), in: path)
        }
        let shape = try shape(of: stored, in: path)
        let array = try stored.inRealParts.converted(to: .float32)
        // What of a measurement is looked at only its operator knows.
        if content == .picture, try !array.numbers(as: Float.self).allSatisfy(\.isFinite) {
            throw PipelineError(.notFinite, in: path)
        }
        return try array.reshaped(to: isComplex ? [2] + shape : shape)
    }

    /// The shape of what is stored in `path`; a picture without channels is gray.
    private func shape(
        of stored: HostArray, in path: String
    ) throws(PipelineError) -> [Int] {
        let shape = stored.shape.count == 2 ? [1] + stored.shape : stored.shape
        let isComplex = stored.elementType == .complex64
        // One axis is a measurement that is no picture.
        guard shape.count == 3 || (shape.count == 1 && !isComplex), shape.allSatisfy({ $0 > 0 }),
            shape.suffix(2).reduce(1, *) <= limits.pixels
        else {
            throw PipelineError(
                .picture(
                    "it has \(isComplex ? "complex numbers of " : "")the shape \(stored.shape)",
                    remedy: "give [channel, height, width] with at most \(limits.pixels) pixels"),
                in: path)
        }
        return shape
    }

    /// What `read` makes of the NPY file `path`, which errors call as the job does.
    ///
    /// - Throws: `PipelineError` when it is not there, `ArrayError` when it cannot be read.
    func array<Value>(
        _ path: String, of kind: FileReference.Kind = .array,
        _ read: (String) throws(ArrayError) -> Value
    ) throws -> Value {
        let place = try place(
            of: FileReference(kind, path), remedy: "put it beside the job file")
        do throws(ArrayError) {
            return try read(place)
        } catch {
            throw ArrayError(error.reason, in: path)
        }
    }
}

import Arrays
import Images
package import Jobs

/// Decodes pictures to their end, to find those that are damaged or not complete yet.
package struct Probe {
    private let directory: String
    private let limits: WorkerRequest.Limits

    package init(directory: String, limits: WorkerRequest.Limits) {
        self.directory = directory
        self.limits = limits
    }

    /// Those of `pictures` that do not decode to their end, with the reasons.
    package func bad(of pictures: [String]) -> [WorkerEvent.Probed.Bad] {
        pictures.compactMap { picture in
            reason(against: picture).map { .init(picture: picture, reason: $0) }
        }
    }

    /// Why `picture` cannot be used; nil when it can.
    private func reason(against picture: String) -> String? {
        do {
            try decode(picture)
            return nil
        } catch let error as ImageError {
            return "\(error.reason)"
        } catch let error as ArrayError {
            return "\(error.reason)"
        } catch {
            return "\(error)"
        }
    }

    private func decode(_ picture: String) throws {
        let file = try ConfinedFile(picture, beneath: directory)
        // No picture takes more than three channels of eight bytes, but its header comes on top.
        let (most, overflow) = limits.pixels.multipliedReportingOverflow(by: 24)
        let bytes = try file.contents(limit: overflow ? .max : most.addingLimited(1 << 20))
        if bytes.starts(with: [0x93] + Array("NUMPY".utf8)) {
            try checkCount(of: NPYFile(parsing: bytes, context: picture, complexNumbers: .accepted))
        } else {
            let options = DecodingOptions(maximumPixels: limits.pixels)
            _ = try Picture(decoding: bytes, options: options, name: picture)
        }
    }

    private func checkCount(of file: NPYFile) throws(ArrayError) {
        let (most, overflow) = limits.pixels.multipliedReportingOverflow(by: 3)
        guard overflow || file.array.count <= most else {
            throw ArrayError(
                .unsupported("has \(file.array.count) numbers, more than the \(most) allowed"),
                in: "array")
        }
    }
}

extension Int {
    /// The sum, or the largest number there is.
    fileprivate func addingLimited(_ other: Int) -> Int {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? .max : sum
    }
}

package import Arrays
import Glibc
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
        pictures.compactMap(fault)
    }

    /// What is wrong with `picture`; nil when it can be used.
    private func fault(of picture: String) -> WorkerEvent.Probed.Bad? {
        do {
            try decode(picture)
            return nil
        } catch let error as ImageError {
            var fault = WorkerEvent.Probed.Bad.Fault.damaged
            if case .truncated = error.reason { fault = .truncated }
            return .init(picture: picture, reason: "\(error.reason)", fault: fault)
        } catch let error as ArrayError {
            // Whatever keeps the folder from being opened says nothing about a picture in it.
            guard error.context != directory else {
                return .init(picture: picture, reason: "\(error)", fault: .unreachable)
            }
            return .init(picture: picture, reason: "\(error.reason)", fault: error.reason.fault)
        } catch {
            return .init(picture: picture, reason: "\(error)")
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

extension ArrayError.Reason {
    /// What a call says about the file that it was asked to open.
    private static let codesOfFiles = [
        ENOENT, ENOTDIR, EISDIR, ELOOP, EXDEV, EINVAL, ENAMETOOLONG, ENXIO, ENODEV,
    ]

    fileprivate var fault: WorkerEvent.Probed.Bad.Fault {
        if case .wrongSize(let expected, let found) = self, found < expected { return .truncated }
        return isPassing ? .unreachable : .damaged
    }

    /// Whether the machine is at fault and not the file, which can be whole.
    package var isPassing: Bool {
        if case .system(_, let code) = self { !Self.codesOfFiles.contains(code) } else { false }
    }
}

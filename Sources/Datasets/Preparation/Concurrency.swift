import Dispatch
import Synchronization

/// The results of `transform` for all `inputs`, in their order, worked out on all cores.
func mapConcurrently<Input: Sendable, Output: Sendable>(
    _ inputs: [Input], _ transform: @Sendable (Input) -> Output
) -> [Output] {
    let results = Mutex([Output?](repeating: nil, count: inputs.count))
    DispatchQueue.concurrentPerform(iterations: inputs.count) { index in
        let output = transform(inputs[index])
        results.withLock { $0[index] = output }
    }
    return results.withLock { $0.compactMap { $0 } }
}

/// The checksums of sources, worked out while other work goes on.
final class SourceDigests: Sendable {
    private let group = DispatchGroup()
    private let results: Mutex<[Result<String, DatasetError>?]>

    /// Begins with all `sources`.
    init(of sources: [any PictureSource]) {
        results = Mutex(Array(repeating: nil, count: sources.count))
        for (index, source) in sources.enumerated() {
            DispatchQueue.global().async(group: group) { [self] in
                let result = Result { () throws(DatasetError) in try source.digest() }
                results.withLock { $0[index] = result }
            }
        }
    }

    /// The checksums, when all are there.
    ///
    /// - Throws: `DatasetError` when a source could not be read.
    func wait() throws(DatasetError) -> [String] {
        group.wait()
        var digests: [String] = []
        for result in results.withLock({ $0 }) {
            if let result { digests.append(try result.get()) }
        }
        return digests
    }
}

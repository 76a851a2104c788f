import CTorch

/// Processes that do the same work on different pictures and share what they find.
///
/// Every process makes the same calls in the same order. It is libtorch's own group over Gloo;
/// tensors of a GPU go through the memory of the host.
package final class ProcessGroup {
    /// The number of this process, counted from 0.
    package let rank: Int
    /// The number of processes.
    package let size: Int
    private let pointer: OpaquePointer

    /// In seconds, how long the others may take to come.
    private static let meetingPatience = 120.0
    /// In seconds, how long the others may take for what they do alone, such as a validation.
    private static let patience = 86_400.0

    /// Meets the others, who come with the same new file `path`, and waits for all of them.
    ///
    /// - Throws: `TorchError` when they do not come.
    package init(
        meetingIn path: String, isLocal: Bool, rank: Int, size: Int, patience: Double? = nil
    ) throws(TorchError) {
        precondition(size > 0 && (0..<size).contains(rank), "a rank below the size")
        var group: OpaquePointer?
        try check(
            "meet", [],
            ct_group_join(
                path, isLocal, Int32(rank), Int32(size), patience ?? Self.meetingPatience,
                patience ?? Self.patience, &group))
        guard let group else { throw TorchError(operation: "meet", message: "nobody came") }
        pointer = group
        self.rank = rank
        self.size = size
    }

    deinit { ct_group_leave(pointer) }

    /// Replaces every tensor by the sum over all processes.
    ///
    /// - Throws: `TorchError` when another process is gone.
    package func sum(_ tensors: [Tensor]) throws(TorchError) {
        try check("sum", tensors, ct_group_sum(pointer, tensors.map(\.pointer), tensors.count))
    }

    /// Replaces every tensor by that of process 0.
    ///
    /// - Throws: `TorchError` when another process is gone.
    package func broadcast(_ tensors: [Tensor]) throws(TorchError) {
        try check(
            "broadcast", tensors,
            ct_group_broadcast(pointer, tensors.map(\.pointer), tensors.count, 0))
    }

    /// The sums over all processes of a few numbers.
    ///
    /// - Throws: `TorchError` when another process is gone.
    package func sum(_ numbers: [Double]) throws -> [Double] {
        let tensor = try Tensor(numbers, shape: [numbers.count])
        try sum([tensor])
        return try tensor.doubles()
    }
}

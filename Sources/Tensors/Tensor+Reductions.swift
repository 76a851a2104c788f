import CTorch

extension Tensor {
    private typealias Reduction = (
        OpaquePointer?, UnsafePointer<Int64>?, Int, Bool, UnsafeMutablePointer<OpaquePointer?>?
    ) -> Message

    private func reduced(
        _ operation: String, _ axes: [Int]?, _ keepsAxes: Bool, _ function: Reduction
    ) throws(TorchError) -> Tensor {
        if let axes, axes.isEmpty { return self }
        let axes = dimensions(axes ?? [])
        return try tensor(operation, [self]) { function(pointer, axes, axes.count, keepsAxes, $0) }
    }

    /// The sum over `axes`, over all of them when nil.
    ///
    /// - Throws: `TorchError` when an axis does not exist.
    package func sum(
        over axes: [Int]? = nil, keepingAxes: Bool = false
    ) throws(TorchError) -> Tensor {
        try reduced("sum", axes, keepingAxes, ct_sum)
    }

    /// The sum over everything but the first axis: one number per sample, `[batch]`.
    ///
    /// - Throws: `TorchError` when there is no first axis.
    package func sumPerSample() throws(TorchError) -> Tensor {
        let rank = shape.count
        guard rank > 0 else {
            throw TorchError(operation: "sumPerSample", shapes: [[]], message: "needs an axis")
        }
        return try sum(over: Array(1..<rank))
    }

    /// The mean over `axes`, over all of them when nil.
    ///
    /// - Throws: `TorchError` when an axis does not exist.
    package func mean(
        over axes: [Int]? = nil, keepingAxes: Bool = false
    ) throws(TorchError) -> Tensor {
        try reduced("mean", axes, keepingAxes, ct_mean)
    }

    /// The largest element over `axes`, over all of them when nil.
    ///
    /// - Throws: `TorchError` when an axis does not exist or is empty.
    package func largest(
        over axes: [Int]? = nil, keepingAxes: Bool = false
    ) throws(TorchError) -> Tensor {
        try reduced("largest", axes, keepingAxes, ct_amax)
    }

    /// The smallest element over `axes`, over all of them when nil.
    ///
    /// - Throws: `TorchError` when an axis does not exist or is empty.
    package func smallest(
        over axes: [Int]? = nil, keepingAxes: Bool = false
    ) throws(TorchError) -> Tensor {
        try reduced("smallest", axes, keepingAxes, ct_amin)
    }

    /// log Σ exp over `axes`, without overflow.
    ///
    /// - Throws: `TorchError` when an axis does not exist.
    package func logSumExp(
        over axes: [Int]? = nil, keepingAxes: Bool = false
    ) throws(TorchError) -> Tensor {
        try reduced("logSumExp", axes, keepingAxes, ct_logsumexp)
    }

    /// The Euclidean norm over `axes`, over all of them when nil.
    ///
    /// - Throws: `TorchError` when an axis does not exist.
    package func norm(
        over axes: [Int]? = nil, keepingAxes: Bool = false
    ) throws(TorchError) -> Tensor {
        try reduced("norm", axes, keepingAxes, ct_norm)
    }

    /// The index of the largest element along `axis`.
    ///
    /// - Throws: `TorchError` when the axis does not exist.
    package func indexOfLargest(along axis: Int) throws(TorchError) -> Tensor {
        try tensor("indexOfLargest", [self]) { ct_argmax(pointer, Int64(axis), $0) }
    }

    /// The running sum along `axis`.
    ///
    /// - Throws: `TorchError` when the axis does not exist.
    package func cumulativeSum(along axis: Int) throws(TorchError) -> Tensor {
        try tensor("cumulativeSum", [self]) { ct_cumsum(pointer, Int64(axis), $0) }
    }

    /// The sum of the products of corresponding elements.
    ///
    /// - Throws: `TorchError` when shapes or types differ.
    package func dotProduct(with other: Tensor) throws(TorchError) -> Double {
        var product = 0.0
        try check("dotProduct", [self, other], ct_dot(pointer, other.pointer, &product))
        return product
    }
}

import CTorch

extension Tensor {
    /// What stands beyond the border of a padded picture.
    package enum PaddingMode: Int32, Sendable {
        case constant, reflect, replicate, circular
    }

    /// The same elements under another shape; one length may be -1.
    ///
    /// - Throws: `TorchError` when the counts differ.
    package func reshaped(to shape: [Int]) throws(TorchError) -> Tensor {
        try tensor("reshaped(to: \(shape))", [self]) {
            ct_reshape(pointer, dimensions(shape), shape.count, $0)
        }
    }

    /// A view in which axes of length 1 are repeated to `shape`.
    ///
    /// - Throws: `TorchError` when another axis would have to be repeated.
    package func expanded(to shape: [Int]) throws(TorchError) -> Tensor {
        try tensor("expanded(to: \(shape))", [self]) {
            ct_expand(pointer, dimensions(shape), shape.count, $0)
        }
    }

    /// A view with the axes in the given order.
    ///
    /// - Throws: `TorchError` when `axes` is no permutation.
    package func permuted(_ axes: [Int]) throws(TorchError) -> Tensor {
        try tensor("permuted(\(axes))", [self]) {
            ct_permute(pointer, dimensions(axes), axes.count, $0)
        }
    }

    /// The matrix transpose: a view with the last two axes exchanged.
    ///
    /// - Throws: `TorchError` when there are fewer than two axes.
    package func transposed() throws(TorchError) -> Tensor {
        let rank = shape.count
        guard rank >= 2 else {
            throw TorchError(operation: "transposed", shapes: [shape], message: "needs two axes")
        }
        return try permuted(Array(0..<rank - 2) + [rank - 1, rank - 2])
    }

    /// A view of the elements `range` along `axis`.
    ///
    /// - Throws: `TorchError` when the range is outside.
    package func slice(_ range: Range<Int>, along axis: Int) throws(TorchError) -> Tensor {
        try tensor("slice(\(range), along: \(axis))", [self]) {
            ct_narrow(pointer, Int64(axis), Int64(range.lowerBound), Int64(range.count), $0)
        }
    }

    /// A view of every `step`-th element along `axis`, beginning with `first`.
    ///
    /// - Throws: `TorchError` when the axis does not exist.
    package func every(
        _ step: Int, from first: Int, along axis: Int
    ) throws(TorchError) -> Tensor {
        try tensor("every(\(step), from: \(first))", [self]) {
            ct_stride_slice(pointer, Int64(axis), Int64(first), Int64.max, Int64(step), $0)
        }
    }

    /// A view of one element along `axis`, which disappears.
    ///
    /// - Throws: `TorchError` when the index is outside.
    package func element(_ index: Int, along axis: Int = 0) throws(TorchError) -> Tensor {
        try tensor("element(\(index), along: \(axis))", [self]) {
            ct_select(pointer, Int64(axis), Int64(index), $0)
        }
    }

    /// The elements with the given indices along `axis`.
    ///
    /// - Throws: `TorchError` when an index is outside.
    package func elements(
        at indices: Tensor, along axis: Int = 0
    ) throws(TorchError) -> Tensor {
        try tensor("elements(at:)", [self, indices]) {
            ct_index_select(pointer, Int64(axis), indices.pointer, $0)
        }
    }

    /// One element along `axis` for every element of `indices`.
    ///
    /// - Throws: `TorchError` when an index is outside.
    package func gathered(at indices: Tensor, along axis: Int) throws(TorchError) -> Tensor {
        try tensor("gathered(at:)", [self, indices]) {
            ct_gather(pointer, Int64(axis), indices.pointer, $0)
        }
    }

    /// `tensors` one after the other along an axis that they have.
    ///
    /// - Throws: `TorchError` when other axes differ.
    package static func concatenated(
        _ tensors: [Tensor], along axis: Int
    ) throws(TorchError) -> Tensor {
        try tensor("concatenated", tensors) {
            ct_cat(tensors.map(\.pointer), tensors.count, Int64(axis), $0)
        }
    }

    /// `tensors` one after the other along a new axis.
    ///
    /// - Throws: `TorchError` when the shapes differ.
    package static func stacked(
        _ tensors: [Tensor], along axis: Int = 0
    ) throws(TorchError) -> Tensor {
        try tensor("stacked", tensors) {
            ct_stack(tensors.map(\.pointer), tensors.count, Int64(axis), $0)
        }
    }

    /// The elements in the opposite order along `axes`.
    ///
    /// - Throws: `TorchError` when an axis does not exist.
    package func flipped(along axes: [Int]) throws(TorchError) -> Tensor {
        try tensor("flipped", [self]) {
            ct_flip(pointer, dimensions(axes), axes.count, $0)
        }
    }

    /// The elements moved by `shift` along `axis`, those that leave entering at the other end.
    ///
    /// - Throws: `TorchError` when the axis does not exist.
    package func rolled(by shift: Int, along axis: Int) throws(TorchError) -> Tensor {
        try tensor("rolled", [self]) { ct_roll(pointer, Int64(shift), Int64(axis), $0) }
    }

    /// A picture with rows and columns added around it.
    ///
    /// - Throws: `TorchError` when the mode cannot add as many.
    package func padded(
        left: Int, right: Int, top: Int, bottom: Int, mode: PaddingMode = .constant,
        value: Double = 0
    ) throws(TorchError) -> Tensor {
        let amounts = dimensions([left, right, top, bottom])
        return try tensor("padded", [self]) {
            ct_pad(pointer, amounts, amounts.count, mode.rawValue, value, $0)
        }
    }
}

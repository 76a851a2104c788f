import CTorch

/// Where a tensor lives and is computed on.
package enum Device: Hashable, Sendable, CustomStringConvertible {
    case cpu
    case cuda(Int)

    /// -1 for the CPU, otherwise the number of the GPU.
    var code: Int32 {
        switch self {
        case .cpu: -1
        case .cuda(let index): Int32(index)
        }
    }

    init(code: Int32) {
        self = code < 0 ? .cpu : .cuda(Int(code))
    }

    package var description: String {
        switch self {
        case .cpu: "cpu"
        case .cuda(let index): "cuda:\(index)"
        }
    }

    /// The number of GPUs that libtorch can use, 0 without CUDA.
    ///
    /// - Throws: `TorchError` when the driver fails.
    package static func cudaCount() throws(TorchError) -> Int {
        var count: Int32 = 0
        try check("cudaCount", [], ct_cuda_device_count(&count))
        return Int(count)
    }
}

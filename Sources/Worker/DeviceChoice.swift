package import Jobs
package import Tensors

/// Which device a user asks for.
package enum DeviceChoice: String, CaseIterable, Sendable {
    /// A GPU where there is one.
    case auto
    case cpu, cuda

    /// The device itself.
    ///
    /// - Throws: `JobFailure` when it is not there.
    package func device() throws(JobFailure) -> Device {
        switch self {
        case .cpu: return .cpu
        case .auto:
            // A driver that fails is no reason not to use the CPU.
            let count = (try? Device.cudaCount()) ?? 0
            return count > 0 ? .cuda(0) : .cpu
        case .cuda:
            guard try count() > 0 else {
                throw Self.missing("no GPU can be used: libtorch finds no CUDA device")
            }
            return .cuda(0)
        }
    }

    private func count() throws(JobFailure) -> Int {
        do throws(TorchError) {
            return try Device.cudaCount()
        } catch {
            throw Self.missing("the GPU cannot be used: \(error.message)")
        }
    }

    private static func missing(_ message: String) -> JobFailure {
        JobFailure(
            .environment, "device.missing", message,
            hint: "use --device cpu, or install a libtorch with CUDA; sluice doctor says more")
    }
}

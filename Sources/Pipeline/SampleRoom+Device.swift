import Programs
import Solvers
import Tensors

extension SampleRoom {
    /// The room on a device; how much a GPU has left is not known.
    init(on device: Device) {
        guard device == .cpu else {
            self = .unknown
            return
        }
        self.init { FreeMemory().bytes }
    }
}

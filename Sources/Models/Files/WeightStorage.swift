import Arrays

/// How the weights of a model are stored.
package struct WeightStorage: Sendable, Equatable {
    /// How exactly numbers are stored; they are computed with in single precision in any case.
    package enum Precision: String, CaseIterable, Sendable {
        case float32
        /// Half the size, with eight bits of precision.
        case bfloat16

        var elementType: ElementType {
            switch self {
            case .float32: .float32
            case .bfloat16: .bfloat16
            }
        }
    }

    package var precision: Precision
    /// In bytes; more weights are divided among several files.
    package var largestFile: Int

    package init(_ precision: Precision = .float32, largestFile: Int = 16_000_000) {
        self.precision = precision
        self.largestFile = largestFile
    }

    /// The files of `weights`.
    ///
    /// - Throws: `ArrayError` when they are no real numbers.
    func shards(of weights: [String: HostArray]) throws(ArrayError) -> SafetensorsShards {
        var stored: [String: HostArray] = [:]
        for (name, tensor) in weights {
            stored[name] = try tensor.converted(to: precision.elementType)
        }
        return SafetensorsShards(
            dividing: stored, largestFile: largestFile, stem: ModelFolder.weightsStem)
    }
}

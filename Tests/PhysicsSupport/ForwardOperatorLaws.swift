package import Physics
import TensorSupport
package import Tensors
package import Testing

/// What every forward operator must obey, linear or not.
package struct ForwardOperatorLaws {
    let forward: any ForwardOperator
    /// Two pictures or more in double precision, where the operator is smooth.
    let x: Tensor
    let sourceLocation: SourceLocation

    package init(
        _ forward: any ForwardOperator, at x: Tensor,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        self.forward = forward
        self.x = x
        self.sourceLocation = sourceLocation
    }

    package func check() throws {
        try checkShape()
        try checkSamplesAreIndependent()
        try checkGradient()
        try checkTypeIsPreserved()
    }

    package func checkShape() throws {
        let expected = try [x.shape[0]] + forward.outputShape(for: Array(x.shape.dropFirst()))
        let found = try forward.apply(x).shape
        #expect(found == expected, sourceLocation: sourceLocation)
    }

    package func checkSamplesAreIndependent() throws {
        let together = try forward.apply(x)
        for sample in 0..<x.shape[0] {
            let range = sample..<sample + 1
            let alone = try forward.apply(x.slice(range, along: 0))
            try expectClose(
                alone, together.slice(range, along: 0), tolerance: .reference,
                "sample \(sample) alone", sourceLocation: sourceLocation)
        }
    }

    package func checkGradient() throws {
        try expectGradients(
            at: [x], of: { inputs in try forward.apply(inputs[0]) }, sourceLocation: sourceLocation)
    }

    package func checkTypeIsPreserved() throws {
        for type in [DataType.float32, .float64] {
            let found = try forward.apply(x.converted(to: type)).dataType()
            #expect(found == type, sourceLocation: sourceLocation)
        }
    }
}

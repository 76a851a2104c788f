package import Tensors
package import Testing

/// The derivatives of a number by every element of `x`, by central differences.
package func finiteDifferences(
    at x: Tensor, step: Double = 1e-5, of function: (Tensor) throws -> Double
) throws -> Tensor {
    let values = try x.doubles()
    var slopes: [Double] = []
    for index in values.indices {
        func value(_ offset: Double) throws -> Double {
            var moved = values
            moved[index] += offset
            return try function(Tensor(moved, shape: x.shape))
        }
        slopes.append(try (value(step) - value(-step)) / (2 * step))
    }
    return try Tensor(slopes, shape: x.shape)
}

/// Expects the gradients of `function` by autograd to be those by central differences.
///
/// The inputs are in double precision; of the output, a random combination is differentiated.
package func expectGradients(
    at inputs: [Tensor], tolerance: Tolerance = Tolerance(absolute: 1e-7, relative: 1e-7),
    of function: ([Tensor]) throws -> Tensor, sourceLocation: SourceLocation = #_sourceLocation
) throws {
    func combined(_ inputs: [Tensor]) throws -> Tensor {
        let output = try function(inputs)
        var generator = Generator(seed: 271)
        return try (output * generator.normal(output.shape, .float64)).sum()
    }
    let leaves = try inputs.map { try $0.leaf() }
    let gradients = try combined(leaves).gradients(of: leaves)
    for (index, gradient) in gradients.enumerated() {
        let expected = try finiteDifferences(at: inputs[index]) { moved in
            var others = inputs
            others[index] = moved
            return try combined(others).item()
        }
        try expectClose(
            gradient, expected, tolerance: tolerance, "the gradient of input \(index)",
            sourceLocation: sourceLocation)
    }
}

import Models
import TensorSupport
import Tensors
import Testing

/// What every bijection promises, checked in double precision on the samples `x`.
struct BijectionLaws {
    let bijection: any Bijection
    let x: Tensor
    let tolerance = Tolerance(absolute: 1e-9, relative: 1e-9)

    /// Latents that no picture was needed for.
    private func latents() throws -> Tensor {
        var generator = Generator(seed: 31)
        return try generator.normal(bijection.encode(x).value.shape, x.dataType()) * 0.5
    }

    /// decode(encode(x)) = x and encode(decode(z)) = z.
    func expectInvertible(_ location: SourceLocation = #_sourceLocation) throws {
        let back = try bijection.decode(bijection.encode(x).value).value
        try expectClose(back, x, tolerance: tolerance, "decode(encode)", sourceLocation: location)
        let z = try latents()
        let there = try bijection.encode(bijection.decode(z).value).value
        try expectClose(there, z, tolerance: tolerance, "encode(decode)", sourceLocation: location)
    }

    /// The log-determinants are those of the Jacobians, which autograd writes down in full.
    func expectVolumesOfJacobians(_ location: SourceLocation = #_sourceLocation) throws {
        for sample in 0..<x.shape[0] {
            let one = try x.slice(sample..<sample + 1, along: 0)
            try expectVolume(of: one, location) { try bijection.encode($0) }
            try expectVolume(of: bijection.encode(one).value.detached(), location) {
                try bijection.decode($0)
            }
        }
    }

    private func expectVolume(
        of input: Tensor, _ location: SourceLocation, _ map: (Tensor) throws -> Mapped
    ) throws {
        let matrix = try jacobian(at: input) { try map($0).value }
        try expectClose(
            map(input).logDeterminant.item(), matrix.signAndLogDeterminant().logarithm.item(),
            tolerance: Tolerance(absolute: 1e-8, relative: 1e-8), "log-determinant",
            sourceLocation: location)
    }

    /// The volume change of the way back is minus that of the way there.
    func expectOppositeVolumes(_ location: SourceLocation = #_sourceLocation) throws {
        let there = try bijection.encode(x)
        let back = try bijection.decode(there.value)
        try expectClose(
            back.logDeterminant, -there.logDeterminant, tolerance: tolerance, "volumes",
            sourceLocation: location)
    }

    /// There is one log-determinant per sample.
    func expectVolumesPerSample(_ location: SourceLocation = #_sourceLocation) throws {
        let there = try bijection.encode(x)
        #expect(there.logDeterminant.shape == [x.shape[0]], sourceLocation: location)
        let back = try bijection.decode(there.value)
        #expect(back.logDeterminant.shape == [x.shape[0]], sourceLocation: location)
    }

    /// A sample gives the same alone as among others.
    func expectIndependentSamples(_ location: SourceLocation = #_sourceLocation) throws {
        let z = try latents()
        for (input, map) in [(x, bijection.encode), (z, bijection.decode)] {
            let together = try map(input)
            for sample in 0..<x.shape[0] {
                let alone = try map(input.slice(sample..<sample + 1, along: 0))
                try expectClose(
                    alone.value.element(0), together.value.element(sample), tolerance: tolerance,
                    "sample \(sample)", sourceLocation: location)
                try expectClose(
                    alone.logDeterminant.element(0), together.logDeterminant.element(sample),
                    tolerance: tolerance, "volume of sample \(sample)", sourceLocation: location)
            }
        }
    }

    /// Every parameter has a say in the density.
    func expectGradients(
        of parameters: [Tensor], _ location: SourceLocation = #_sourceLocation
    ) throws {
        let mapped = try bijection.encode(x)
        var generator = Generator(seed: 77)
        let weights = try generator.normal(mapped.value.shape, x.dataType())
        let loss = try (mapped.value * weights).sum() + mapped.logDeterminant.sum()
        for (index, gradient) in try loss.gradients(of: parameters).enumerated() {
            let size = try gradient.magnitude().largest().item()
            #expect(size > 0 && size.isFinite, "parameter \(index)", sourceLocation: location)
        }
    }

    /// Going back by inversion finds the beginnings, and the gradients that autograd finds.
    func expectTracing(
        of parameters: [Tensor], _ location: SourceLocation = #_sourceLocation
    ) throws {
        let z = try latents()
        try expectTracing(
            from: x, of: parameters, location, along: { try bijection.encode($0).value },
            back: bijection.traceEncode)
        try expectTracing(
            from: z, of: parameters, location, along: { try bijection.decode($0).value },
            back: bijection.traceDecode)
    }

    private func expectTracing(
        from begin: Tensor, of parameters: [Tensor], _ location: SourceLocation,
        along map: (Tensor) throws -> Tensor, back: (Traced) throws -> Traced
    ) throws {
        let leaf = try begin.leaf()
        let end = try map(leaf)
        var generator = Generator(seed: 78)
        let weights = try generator.normal(end.shape, x.dataType())
        let expected = try (end * weights).sum().gradients(of: [leaf] + parameters)
        let found = try back(Traced(end.detached(), gradient: weights))
        try expectClose(
            found.value, begin, tolerance: tolerance, "the beginning", sourceLocation: location)
        try expectClose(
            found.gradient, expected[0], tolerance: tolerance, "its gradient",
            sourceLocation: location)
        for (index, parameter) in parameters.enumerated() {
            try expectClose(
                parameter.takeGradient(), expected[index + 1], tolerance: tolerance,
                "the gradient of parameter \(index)", sourceLocation: location)
        }
    }

    /// The frozen map is the same map, and has no history.
    func expectSameWhenFrozen(_ location: SourceLocation = #_sourceLocation) throws {
        let frozen = try bijection.frozen()
        let z = try latents()
        let pairs = try [
            (frozen.encode(x), bijection.encode(x)), (frozen.decode(z), bijection.decode(z)),
        ]
        for (found, expected) in pairs {
            try expectClose(
                found.value, expected.value, tolerance: tolerance, "frozen value",
                sourceLocation: location)
            try expectClose(
                found.logDeterminant, expected.logDeterminant, tolerance: tolerance,
                "frozen volume", sourceLocation: location)
            #expect(throws: TorchError.self, sourceLocation: location) {
                try found.value.sum().gradients(of: [found.value.sum()])
            }
        }
        let gradients = try [
            (gradient(at: x, frozen.encode), gradient(at: x, bijection.encode)),
            (gradient(at: z, frozen.decode), gradient(at: z, bijection.decode)),
        ]
        for (found, expected) in gradients {
            try expectClose(
                found, expected, tolerance: tolerance, "frozen gradient", sourceLocation: location)
        }
    }

    /// The gradient of ½‖value‖² + log-determinant.
    private func gradient(
        at point: Tensor, _ map: (Tensor) throws(TorchError) -> Mapped
    ) throws -> Tensor {
        try withGradient {
            let leaf = try point.leaf()
            let mapped = try map(leaf)
            let sum = try mapped.value.square().sum() * 0.5 + mapped.logDeterminant.sum()
            return try sum.gradients(of: [leaf])[0]
        }
    }

    /// Results have the element type and the device of the input.
    func expectTypePreserved(_ location: SourceLocation = #_sourceLocation) throws {
        let there = try bijection.encode(x)
        let back = try bijection.decode(there.value)
        for tensor in [there.value, there.logDeterminant, back.value, back.logDeterminant] {
            #expect(try tensor.dataType() == x.dataType(), sourceLocation: location)
            #expect(try tensor.device() == x.device(), sourceLocation: location)
        }
    }

    /// `start` gives what `encode` gives afterwards, and leaves a bijection.
    func expectStartAgrees(_ location: SourceLocation = #_sourceLocation) throws {
        let started = try bijection.start(on: x)
        let encoded = try bijection.encode(x)
        try expectClose(
            started.value, encoded.value, tolerance: tolerance, "started value",
            sourceLocation: location)
        try expectClose(
            started.logDeterminant, encoded.logDeterminant, tolerance: tolerance,
            "started volume", sourceLocation: location)
        try expectInvertible(location)
    }
}

package import Physics
package import Tensors

/// The picture with few coefficients in a basis that fits the measurement.
///
///     minimise over c:  ‖y − A x‖² + λ ‖c‖₁,  x = Wᵀ c
///
/// W is orthonormal. The answer is known by its optimality conditions: with g = 2 W Aᵀ (A x − y),
/// |g| ≤ λ everywhere and g = −λ sign(c) where c is not 0; the solver stops when they hold.
///
/// Tibshirani 1996; the baseline of Bora et al. 2017 and of Whang, Lei, Dimakis 2021, section 5.
package struct Lasso: Solver {
    package enum Basis: Sendable, CaseIterable {
        /// The discrete cosine transform.
        case cosine
        /// Daubechies' wavelets with four vanishing moments.
        case wavelet
    }

    /// What a user may choose.
    package struct Settings: Sendable, Equatable {
        package var lambda: Double
        package var basis: Basis
        /// The most iterations.
        package var iterations: Int
        /// How far the optimality conditions may be missed, as a part of λ.
        package var tolerance: Double

        package init(
            lambda: Double = 0.01, basis: Basis = .cosine, iterations: Int = 2000,
            tolerance: Double = 0.01
        ) {
            self.lambda = lambda
            self.basis = basis
            self.iterations = iterations
            self.tolerance = tolerance
        }
    }

    /// Channels, height and width of the pictures.
    let imageShape: [Int]
    package let settings: Settings

    /// A solver of pictures of `imageShape`: channels, height, width.
    package init(imageShape: [Int], settings: Settings = .init()) {
        self.imageShape = imageShape
        self.settings = settings
    }
}

extension Lasso {
    /// W x, the coefficients of pictures in the basis, in the shape of the pictures.
    ///
    /// - Throws: `TorchError` when the shape does not fit.
    package func coefficients(of pictures: Tensor) throws(TorchError) -> Tensor {
        try basis(like: pictures).coefficients(of: pictures)
    }

    package func solve(
        _ problem: Problem, checkpoint: (Solution.Step) throws -> Void
    ) throws -> Solution {
        try withoutGradient {
            let descent = try ProximalDescent(
                operator: linearOperator(of: problem), basis: basis(like: problem.measurement),
                measurement: problem.measurement, settings: settings)
            return try descent.run(from: start(problem), checkpoint: checkpoint)
        }
    }

    private func start(_ problem: Problem) throws(TorchError) -> Tensor {
        try .zeros(
            [problem.pictures.count] + imageShape, problem.measurement.dataType(),
            on: problem.measurement.device())
    }

    private func basis(like measurement: Tensor) throws(TorchError) -> any PictureBasis {
        let (height, width) = (imageShape[1], imageShape[2])
        switch settings.basis {
        case .cosine: return try CosineBasis(height: height, width: width, like: measurement)
        case .wavelet: return try WaveletBasis(height: height, width: width, like: measurement)
        }
    }

    /// The operator, after a check of everything.
    ///
    /// - Throws: `SolverError` when the problem does not fit, or `TorchError`.
    package func linearOperator(of problem: Problem) throws -> any LinearOperator {
        guard imageShape.count == 3 else {
            throw SolverError(
                .measurementShape(imageShape, expected: [3, 64, 64]), in: "lasso")
        }
        guard settings.lambda >= 0, settings.lambda.isFinite else {
            throw SolverError(
                .setting("lambda", value: settings.lambda, expected: "0 or more"), in: "lasso")
        }
        try problem.validate(for: imageShape, in: "lasso")
        guard let linear = problem.forward as? any LinearOperator else {
            throw SolverError(
                .unfitOperator(
                    "the measurement is not linear",
                    remedy: "choose map, asim or bora, or leave out sign and quantize"),
                in: "lasso")
        }
        return linear
    }
}

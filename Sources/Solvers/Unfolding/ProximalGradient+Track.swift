import Models

extension ProximalGradient {
    /// How far the pictures of a batch are from their measurements.
    ///
    /// A network that meets what it never saw may answer with what is further from the measurement than the
    /// picture it began with. Such an answer is left out: the step alone counts.
    struct Track {
        /// ‖y − A x‖² that no fold may leave.
        private let limits: [Double]
        /// How many folds were left out for every picture.
        private var left: [Int]

        /// Noise makes the misfit of a good picture as large as that of a first one that happens to be right.
        private static let slack = 2.0

        /// Nobody calls it astray to be so near, the root mean square of y − A x.
        private static let nearness = 0.1

        /// - Parameters:
        ///   - first: ‖y − A x‖² of the first pictures.
        ///   - count: the numbers of a measurement.
        init(_ first: [Double], count: Int) {
            let least = Self.nearness * Self.nearness * Double(count)
            limits = first.map { max(Self.slack * $0, least) }
            left = Array(repeating: 0, count: first.count)
        }

        /// Which pictures a fold has led astray; what is not a number is nowhere.
        ///
        /// What shrinks the latents of a flow stays near what it was given. Other maps may make anything of
        /// a picture that a later fold understands, so that only the last of them is judged.
        func astray(_ misfits: [Double], by map: any ProximalMap, isLast: Bool) -> [Bool] {
            let isJudged = isLast || map is FlowProximal
            return zip(misfits, limits).map { !$0.isFinite || (isJudged && $0 > $1) }
        }

        /// Counts the pictures for which a fold was left out.
        mutating func leaveOut(_ lost: [Bool]) {
            for sample in lost.indices where lost[sample] { left[sample] += 1 }
        }

        func warnings(folds: Int) -> [Solution.Warning] {
            left.indices.filter { left[$0] > 0 }.map { sample in
                let rest =
                    left[sample] == folds
                    ? "; nothing but steps towards the measurement is left" : ""
                return Solution.Warning(
                    sample: sample,
                    """
                    \(left[sample]) of \(folds) folds were left out: they led away from the \
                    measurement, as networks do with pictures unlike those they were trained with\(rest)
                    """)
            }
        }
    }
}

/// What a method reached at one setting on one set of pictures, on average.
struct ExperimentPoint: Equatable {
    let set: Int
    let method: Int
    let sweep: Int?
    let amount: Double?
    /// The best variant in mean PSNR, nil where the method has none.
    let variant: Double?
    /// Of the pictures that have a finite PSNR.
    let psnr: SampleMean
    let ssim: SampleMean?
    let psnrInput: SampleMean?
    let psnrCovered: SampleMean?
    let psnrInputCovered: SampleMean?
    let secondsPerPicture: Double
    let secondsPerIteration: Double?

    /// The point of rows that agree in everything but the picture; nil when none has a PSNR.
    init?(_ rows: [ExperimentReport.Row]) {
        guard let first = rows.first, let psnr = SampleMean(rows.map(\.score.psnr)) else {
            return nil
        }
        set = first.set
        method = first.method
        sweep = first.sweep
        amount = first.amount
        variant = first.variant
        self.psnr = psnr
        ssim = SampleMean(rows.map(\.score.ssim))
        psnrInput = SampleMean(rows.compactMap(\.score.psnrInput))
        psnrCovered = SampleMean(rows.compactMap(\.score.psnrCovered))
        psnrInputCovered = SampleMean(rows.compactMap(\.score.psnrInputCovered))
        let seconds = rows.reduce(0) { $0 + $1.seconds }
        let iterations = rows.reduce(0) { $0 + $1.iterations }
        secondsPerPicture = seconds / Double(rows.count)
        secondsPerIteration = iterations > 0 ? seconds / Double(iterations) : nil
    }
}

extension ExperimentReport {
    /// The points of one plot: every method at every amount, methods in their order.
    func points(set: Int, sweep: Int?) -> [ExperimentPoint] {
        let own = rows.filter { $0.set == set && $0.sweep == sweep }
        let amounts = sweep.map { sweeps[$0].amounts.map(Optional.some) } ?? [nil]
        return methods.indices.flatMap { method in
            amounts.compactMap { amount in
                let failed = failures.filter {
                    $0.set == set && $0.sweep == sweep && $0.method == method && $0.amount == amount
                }
                return best(
                    own.filter { $0.method == method && $0.amount == amount },
                    of: Set(methods[method].variants).subtracting(failed.compactMap(\.variant)))
            }
        }
    }

    /// The point of the variant with the highest mean PSNR, on the pictures that all have; nil where one has none.
    ///
    /// One that has found nothing for some of these has not the highest, whatever the mean of the others.
    private func best(_ rows: [Row], of variants: Set<Double>) -> ExperimentPoint? {
        let groups = Dictionary(grouping: rows, by: \.variant)
        guard variants.isSubset(of: groups.keys.compactMap(\.self)) else { return nil }
        let all = Set(rows.map(\.number))
        let shared = groups.values.reduce(all) { $0.intersection($1.map(\.number)) }
        return groups.values.compactMap { rows -> (rank: (Int, Double, Double), ExperimentPoint)? in
            let own = rows.filter { shared.contains($0.number) }
            let found = own.map(\.score.psnr).filter { !$0.isNaN }
            return ExperimentPoint(own).map { point in
                let mean = found.reduce(0, +) / Double(max(found.count, 1))
                return ((found.count, mean, -(point.variant ?? 0)), point)
            }
        }.max { $0.rank < $1.rank }?.1
    }

    /// Whether every method, in each of its variants, has a result.
    package static func isWhole(_ methods: [Method], _ rows: [Row]) -> Bool {
        methods.enumerated().allSatisfy { index, method in
            let own = rows.filter { $0.method == index }
            return !own.isEmpty && Set(own.compactMap(\.variant)).isSuperset(of: method.variants)
        }
    }

    /// The plots: every set of pictures of every sweep.
    var panels: [(set: Int, sweep: Int?)] {
        sets.indices.flatMap { set in
            sweeps.isEmpty ? [(set, nil)] : sweeps.indices.map { (set, Optional($0)) }
        }
    }
}

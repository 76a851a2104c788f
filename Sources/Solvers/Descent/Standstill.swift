import Tensors

/// Notices, sample by sample, that an objective no longer changes.
struct Standstill {
    /// For how many iterations it must stay within `tolerance`.
    private static let patience = 40
    /// Relative to the objective, and absolute for objectives below 1.
    private static let tolerance = 1e-6

    /// The iteration in which each sample came to rest, nil while it moves.
    private(set) var ends: [Int?]
    private var anchors: [Double]
    private var ages: [Int]

    init(count: Int) {
        ends = Array(repeating: nil, count: count)
        anchors = Array(repeating: .nan, count: count)
        ages = Array(repeating: 0, count: count)
    }

    /// Whether every sample rests.
    var isComplete: Bool { ends.allSatisfy { $0 != nil } }

    /// Takes notice of the objectives of an iteration.
    mutating func look(at terms: [Solution.Terms], in iteration: Int) {
        for sample in terms.indices where ends[sample] == nil {
            let value = terms[sample].objective
            let margin = Self.tolerance * max(1, abs(anchors[sample]))
            if abs(value - anchors[sample]) <= margin {
                ages[sample] += 1
            } else {
                anchors[sample] = value
                ages[sample] = 0
            }
            if ages[sample] >= Self.patience { ends[sample] = iteration }
        }
    }

    /// `point` for the samples that rest, `moved` for the others.
    ///
    /// - Throws: `TorchError` when the shapes differ.
    func kept(_ point: Tensor, or moved: Tensor) throws(TorchError) -> Tensor {
        let isResting = ends.map { $0 != nil }
        guard isResting.contains(true) else { return moved }
        return try point.chosen(where: .choosing(isResting, like: point), else: moved)
    }
}

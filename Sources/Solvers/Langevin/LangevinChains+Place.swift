import Tensors

extension LangevinChains {
    /// Where chains are, and where they go; all tensors `[chain, …]`.
    struct Place {
        let point: Tensor
        let momentum: Tensor
        /// The gradient of −log π in units of the metric.
        let push: Tensor
        let picture: Tensor
        /// −log π of every chain.
        let heights: [Double]

        /// The same with other momenta, and −log π of another noise.
        func turned(momentum: Tensor, higherBy shift: Double) -> Place {
            Place(
                point: point, momentum: momentum, push: push, picture: picture,
                heights: heights.map { $0 + shift })
        }

        /// This place for chains that are `kept`, and the other one for the others.
        ///
        /// - Throws: `TorchError` when the shapes differ.
        func `where`(_ kept: [Bool], else other: Place) throws(TorchError) -> Place {
            guard kept.contains(false) else { return self }
            func chosen(_ mine: Tensor, _ theirs: Tensor) throws(TorchError) -> Tensor {
                try mine.chosen(where: .choosing(kept, like: mine), else: theirs)
            }
            return Place(
                point: try chosen(point, other.point),
                momentum: try chosen(momentum, other.momentum),
                push: try chosen(push, other.push), picture: try chosen(picture, other.picture),
                heights: kept.indices.map { kept[$0] ? heights[$0] : other.heights[$0] })
        }

        /// The places of the chains with the given numbers, with momenta that stay where they are.
        ///
        /// - Throws: `TorchError` when there are no such chains.
        func elements(at chains: [Int]) throws(TorchError) -> Place {
            let indices = try Tensor(indices: chains).moved(to: point.device())
            return Place(
                point: try point.elements(at: indices), momentum: momentum,
                push: try push.elements(at: indices),
                picture: try picture.elements(at: indices), heights: chains.map { heights[$0] })
        }
    }
}

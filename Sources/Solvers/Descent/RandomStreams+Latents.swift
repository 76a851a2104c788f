import Tensors

extension RandomStreams {
    /// N(0, I) for every picture, `[pictures, dimensions]`, from streams of their own.
    ///
    /// - Throws: `TorchError` when memory is short.
    func latents(
        _ dimensions: Int, of run: Int, for pictures: [Int], like measurement: Tensor
    ) throws(TorchError) -> Tensor {
        var rows: [Tensor] = []
        for picture in pictures {
            var stream = self["start \(run) of picture \(picture)"]
            rows.append(
                try stream.normal(
                    [dimensions], measurement.dataType(), on: measurement.device()))
        }
        return try .stacked(rows)
    }
}

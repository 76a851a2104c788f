import Tensors

/// The channels of one picture in memory, row after row and channel after channel.
struct Planes: Sendable {
    let channels: Int
    let height: Int
    let width: Int
    var values: [Float]

    init(channels: Int, height: Int, width: Int, values: [Float]) {
        self.channels = channels
        self.height = height
        self.width = width
        self.values = values
    }

    /// The picture `[channel, height, width]`.
    ///
    /// - Throws: `TorchError` when memory is short.
    init(_ picture: Tensor) throws(TorchError) {
        self.init(
            channels: picture.shape[0], height: picture.shape[1], width: picture.shape[2],
            values: try picture.floats())
    }

    /// The number of pixels.
    var area: Int { height * width }

    /// The picture `[channel, height, width]` in the numbers and on the device of `example`.
    ///
    /// - Throws: `TorchError` when memory is short.
    func tensor(like example: Tensor) throws(TorchError) -> Tensor {
        try Tensor(values, shape: [channels, height, width])
            .converted(to: example.dataType()).moved(to: example.device())
    }

    /// The picture with other values.
    func with(_ values: [Float]) -> Planes {
        Planes(channels: channels, height: height, width: width, values: values)
    }
}

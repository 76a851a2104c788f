import Arrays

/// How a stored picture must be turned to stand upright: Exif tag 0x0112.
enum Orientation: UInt16, CaseIterable {
    case upright = 1
    case mirrored, upsideDown, flipped
    case transposed, quarterTurnClockwise, transverse, quarterTurnCounterclockwise

    /// Whether turning exchanges width and height.
    var swapsSides: Bool { rawValue >= 5 }

    /// Where the pixel at column `x` and row `y` of the upright picture is stored, in a stored
    /// picture of `width` by `height`.
    func source(x: Int, y: Int, width: Int, height: Int) -> (x: Int, y: Int) {
        let (right, bottom) = (width - 1, height - 1)
        return switch self {
        case .upright: (x, y)
        case .mirrored: (right - x, y)
        case .upsideDown: (right - x, bottom - y)
        case .flipped: (x, bottom - y)
        case .transposed: (y, x)
        case .quarterTurnClockwise: (y, bottom - x)
        case .transverse: (right - y, bottom - x)
        case .quarterTurnCounterclockwise: (right - y, x)
        }
    }
}

extension Picture {
    /// The picture turned upright.
    func turned(upright orientation: Orientation) -> Picture {
        guard orientation != .upright else { return self }
        let sides = orientation.swapsSides ? (height, width) : (width, height)
        return gathering(width: sides.0, height: sides.1) { x, y in
            orientation.source(x: x, y: y, width: width, height: height)
        }
    }

    /// A picture whose pixel at (x, y) is this one's at `source(x, y)`, which must be inside.
    func gathering(
        width newWidth: Int, height newHeight: Int,
        from source: (_ x: Int, _ y: Int) -> (x: Int, y: Int)
    ) -> Picture {
        let size = channels * depth.byteCount
        let stride = width
        let bytes = pixels.bytes.withUnsafeBytes { old in
            [UInt8](unsafeUninitializedCapacity: newWidth * newHeight * size) { new, initialized in
                var next = 0
                for y in 0..<newHeight {
                    for x in 0..<newWidth {
                        let from = source(x, y)
                        let start = (from.y * stride + from.x) * size
                        for byte in start..<start + size {
                            new[next] = old[byte]
                            next += 1
                        }
                    }
                }
                initialized = next
            }
        }
        return Picture(
            bytes: bytes, width: newWidth, height: newHeight, channels: channels, depth: depth)
    }
}

import Arrays
import Foundation
import Images

/// Pictures with the detail of photographs: waves, edges and grain.
struct BenchPictures {
    let width: Int
    let height: Int

    /// Writes `count` JPEG files into a new folder, which appears when all are in it.
    ///
    /// - Throws: `ImageError` when a size is too large, or what the file system says.
    func write(_ count: Int, to folder: String) throws {
        let part = folder + ".part"
        try FileManager.default.createDirectory(
            atPath: part, withIntermediateDirectories: true)
        for index in 0..<count {
            let bytes = try picture(index).jpeg(quality: 90)
            let name = "\(part)/\(String(format: "%06d", index)).jpg"
            try Data(bytes).write(to: URL(filePath: name))
        }
        try FileManager.default.moveItem(atPath: part, toPath: folder)
    }

    /// Picture number `index`, always the same.
    private func picture(_ index: Int) throws -> Picture {
        var state = UInt32(truncatingIfNeeded: index) &* 2_654_435_761 | 1
        let waves = (0..<3).map { Double((index &* 31 + $0 &* 17) % 23 + 4) }
        var samples: [UInt8] = []
        samples.reserveCapacity(3 * width * height)
        for y in 0..<height {
            for x in 0..<width {
                let isInside =
                    (x - width / 2) * (x - width / 2) + (y - height / 2)
                    * (y - height / 2) < width * height / 9
                for wave in waves {
                    state = state &* 1_664_525 &+ 1_013_904_223
                    let grain = Double(state >> 28) - 8
                    let light = 60 * sin(Double(x) / wave) + 50 * cos(Double(y) / (wave + 3))
                    samples.append(UInt8(clamping: Int(120 + light + grain) + (isInside ? 40 : 0)))
                }
            }
        }
        return try Picture(pixels: HostArray(samples, shape: [height, width, 3]))
    }
}

import Arrays
import Foundation
import Images

/// Small pictures, each of another colour, and places that hold them.
enum PictureFixtures {
    /// A picture of one value, which tells it from others.
    static func picture(
        _ value: UInt8, width: Int = 8, height: Int = 8, channels: Int = 3
    ) throws -> Picture {
        let samples = [UInt8](repeating: value, count: width * height * channels)
        return try Picture(pixels: HostArray(samples, shape: [height, width, channels]))
    }

    /// Writes `NAME.png` files with the values 0, 1, … into a folder `pictures` in `folder`.
    static func folder(of count: Int, in folder: URL) throws -> String {
        let url = folder.appending(path: "pictures")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        for value in 0..<count {
            let name = String(format: "%04d.png", value)
            try Data(try picture(UInt8(value)).png()).write(to: url.appending(path: name))
        }
        return url.path
    }

    /// A tar archive (ustar) of `files`.
    static func tar(_ files: [(name: String, bytes: [UInt8])]) -> Data {
        var archive: [UInt8] = []
        for (name, bytes) in files {
            var header = [UInt8](repeating: 0, count: 512)
            func put(_ text: String, at offset: Int) {
                header.replaceSubrange(offset..<offset + text.utf8.count, with: Array(text.utf8))
            }
            put(name, at: 0)
            put("0000644\0", at: 100)
            put(String(format: "%011o\0", bytes.count), at: 124)
            put("        ", at: 148)
            put("0", at: 156)
            put("ustar\u{0}00", at: 257)
            put(String(format: "%06o\0 ", header.reduce(0) { $0 + Int($1) }), at: 148)
            archive += header + bytes
            archive += [UInt8](repeating: 0, count: (512 - bytes.count % 512) % 512)
        }
        return Data(archive + [UInt8](repeating: 0, count: 1024))
    }
}

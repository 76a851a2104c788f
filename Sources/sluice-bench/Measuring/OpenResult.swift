import Arrays
import Datasets
import Foundation
import Programs

/// How long it takes until one picture of a data set is there, in seconds.
struct OpenResult: Codable, Equatable {
    let software: String
    let pictures: Int
    let bytes: Int
    /// The median.
    let seconds: Double
    let fastest: Double
    /// What is resident with the data set open, beyond what was before, at most.
    let memoryBytes: Int

    /// Opens the file at `path` over and over, and reads its middle picture.
    ///
    /// - Throws: `ArrayError` when it cannot be read, `BenchError` when memory is not known.
    init(measuring path: String, repeats: Int) throws {
        let clock = ContinuousClock()
        let before = try BenchMemory.now()
        var most = before
        var times: [Double] = []
        var pictures = 0
        var bytes = 0
        for _ in 0..<repeats {
            let began = clock.now
            let file = try IDXFile(reading: path)
            let picture = file.item(file.count / 2)
            times.append((clock.now - began) / .seconds(1))
            most = max(most, try BenchMemory.now())
            (pictures, bytes) = (file.count, file.count * picture.bytes.count)
        }
        times.sort()
        software = Software.name
        self.pictures = pictures
        self.bytes = bytes
        seconds = times[repeats / 2]
        fastest = times[0]
        memoryBytes = most - before
    }

    /// The same for people.
    var text: String {
        String(
            format: "%.2f ms (fastest %.2f ms), %.1f MB more in memory, %d pictures, %.1f MB",
            seconds * 1e3, fastest * 1e3, Double(memoryBytes) / 1e6, pictures,
            Double(bytes) / 1e6)
    }

    enum CodingKeys: String, CodingKey {
        case software, pictures, bytes, seconds, fastest
        case memoryBytes = "memory_bytes"
    }
}

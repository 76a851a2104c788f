import Arrays
import Foundation
import Images
import Reports
import TestSupport

/// Reports to test with, made from numbers of a seed.
enum SampleReport {
    /// A name that tries to end whatever it stands in.
    static let hostileName = "a\"b'c<script>alert(1)</script>&amp;]]>,\n\u{202E}\u{0}\u{1B}.png"

    static func make(
        pictures count: Int = 3, hasTruth: Bool = true, name: String = "job",
        psnr: Double = 30, warnings: [String] = [], iterations: Int = 5, psnrEvery: Int = 1,
        card: String? = nil
    ) throws -> Report {
        var generator = SeededGenerator(seed: 7)
        let images = try (0..<count).map { index in
            try image(
                "\(name)-\(index).png", hasTruth: hasTruth, size: 8,
                psnr: psnr + Double(index), iterations: iterations + index, psnrEvery: psnrEvery,
                using: &generator)
        }
        return Report(
            job: JobIdentity(name: name, id: "20260131-120000-5f3a9c"), run: run,
            model: ModelFacts(
                name: "mnist", sha256: String(repeating: "0a", count: 32), bitsPerDim: 1.25,
                summary: "RealNVP", card: card ?? "# \(name)\n\nTrained on <digits> & more."),
            settings: JSONValue(["prior": .string(name), "solver": JSONValue(["map": .null])]),
            images: images, warnings: warnings)
    }

    static let run = RunFacts(
        started: Date(timeIntervalSince1970: 1_769_860_800),
        finished: Date(timeIntervalSince1970: 1_769_860_819), seconds: 18.75, device: "cpu",
        threads: 2, seed: .max,
        software: [.init(name: "sluice", version: "0.1.0")],
        stages: [.init(name: "Solving", seconds: 17.5)])

    private static func image(
        _ name: String, hasTruth: Bool, size: Int, psnr: Double, iterations: Int, psnrEvery: Int,
        using generator: inout SeededGenerator
    ) throws -> ImageReport {
        let score = Score(psnr: psnr, ssim: 0.9, psnrInput: 20)
        let signed = try SignedPicture(noise(size, in: -0.5...0.5, using: &generator))
        return ImageReport(
            name: name, files: .init(restored: "restored/\(name)", noise: "noise/\(name)"),
            pictures: ImagePictures(
                truth: hasTruth ? try picture(size, using: &generator) : nil,
                measurement: try picture(size, using: &generator),
                restored: try picture(size, using: &generator), noise: signed,
                error: hasTruth ? signed : nil),
            score: hasTruth ? score : nil, objective: -1234.5, iterations: iterations,
            seconds: 0.25, logLikelihood: 1000.125, bitsPerDim: 1.5,
            trace: trace(iterations, psnr: hasTruth ? psnr : nil, every: psnrEvery), warnings: [])
    }

    private static func trace(
        _ iterations: Int, psnr: Double?, every: Int
    ) -> [TracePoint] {
        (0..<iterations).map { iteration in
            let step = Double(iteration)
            return TracePoint(
                iteration: iteration, objective: 100 - step, dataTerm: 60 - step, priorTerm: 40,
                psnr: iteration.isMultiple(of: every) ? psnr.map { $0 - 5 + step } : nil,
                seconds: step / 8)
        }
    }

    private static func picture(
        _ size: Int, using generator: inout SeededGenerator
    ) throws -> Picture {
        try Picture(floats: noise(size, in: 0...1, using: &generator))
    }

    static func noise(
        _ size: Int, in range: ClosedRange<Double>, using generator: inout SeededGenerator
    ) -> HostArray {
        let values = (0..<size * size).map { _ in Double.random(in: range, using: &generator) }
        return HostArray(values, shape: [1, size, size])
    }
}

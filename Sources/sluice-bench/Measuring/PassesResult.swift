import ArgumentParser
import Foundation
import Programs

/// What an iteration of MAP costs beside its passes.
struct PassesResult: Codable {
    /// The variables of MAP.
    enum Space: String, Codable, CaseIterable, ExpressibleByArgument {
        case latent, image
    }

    /// Seconds of one turn.
    struct Turn: Codable {
        let iteration: Double
        let flow: Double
        let `operator`: Double

        /// The iteration ÷ both passes.
        var ratio: Double { iteration / (flow + `operator`) }
    }

    let software: String
    let `operator`: String
    let space: Space
    let batch: Int
    let threads: Int
    /// The median of those of the turns.
    let ratio: Double
    let ratios: [Double]
    /// Medians, in seconds.
    let seconds: Turn

    init(
        operator name: String, space: Space, batch: Int, threads: Int, turns: [Turn]
    ) {
        func median(_ value: (Turn) -> Double) -> Double {
            let sorted = turns.map(value).sorted()
            return sorted.isEmpty ? 0 : sorted[sorted.count / 2]
        }
        software = Software.name
        self.operator = name
        self.space = space
        self.batch = batch
        self.threads = threads
        ratio = median(\.ratio)
        ratios = turns.map(\.ratio)
        seconds = Turn(
            iteration: median(\.iteration), flow: median(\.flow), operator: median(\.operator))
    }

    /// The same for people.
    var text: String {
        String(
            format: "%.2f times its passes (%.2f to %.2f): %.1f ms, flow %.1f ms, operator %.1f ms",
            ratio, ratios.min() ?? 0, ratios.max() ?? 0, 1000 * seconds.iteration,
            1000 * seconds.flow, 1000 * seconds.operator)
    }
}

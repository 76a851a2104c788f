import Arrays
import Foundation
import Images
import Reports
import Solvers
import Tensors

/// The result of one method at one setting on one picture, as it is kept.
struct Cell: Equatable {
    var score: Score
    var objective: Double
    var iterations: Int
    /// Its share of the time of the batch that it was solved in.
    var seconds: Double
    var device: String
    var threads: Int
    var warnings: [String]
    /// The restored picture as PNG, empty where it has numbers that are no colours.
    var restored: [UInt8]

    init(_ result: RestoredPicture, device: String, threads: Int) throws {
        // What has no score was not solved from a truth, which experiments always are.
        score = result.score ?? Score(psnr: .nan, ssim: .nan)
        objective = result.terms.objective
        iterations = result.iterations
        seconds = result.seconds
        self.device = device
        self.threads = threads
        warnings = result.warnings
        let values = try result.restored.hostArray()
        restored = try values.isAllFinite ? Picture(floats: values).png() : []
    }
}

extension Cell {
    /// The cell as a file; `about` says in words what it is the result of.
    func json(about: [(name: String, value: JSONValue)]) -> JSONValue {
        var members = about.map { JSONValue.Member(name: $0.name, value: $0.value) }
        let numbers: KeyValuePairs<String, Double?> = [
            "psnr": score.psnr, "ssim": score.ssim, "psnr_input": score.psnrInput,
            "psnr_covered": score.psnrCovered, "psnr_input_covered": score.psnrInputCovered,
            "psnr_noise": score.psnrNoise, "objective": objective, "seconds": seconds,
        ]
        members += numbers.map { .init(name: $0.key, value: JSONValue($0.value)) }
        members += [
            .init(name: "iterations", value: JSONValue(iterations)),
            .init(name: "device", value: .string(device)),
            .init(name: "threads", value: JSONValue(threads)),
            .init(name: "warnings", value: .array(warnings.map(JSONValue.string))),
            .init(name: "restored", value: .string(Data(restored).base64EncodedString())),
        ]
        return .object(members)
    }

    /// Nil for what is no cell.
    init?(_ json: JSONValue) {
        guard let iterations = json["iterations"]?.integer, let seconds = json["seconds"]?.number,
            let device = json["device"]?.string, let threads = json["threads"]?.integer,
            let warnings = json["warnings"]?.array,
            let restored = json["restored"]?.string.flatMap({ Data(base64Encoded: $0) }),
            json["psnr"] != nil
        else { return nil }
        score = Score(
            psnr: json["psnr"]?.number ?? .nan, ssim: json["ssim"]?.number ?? .nan,
            psnrInput: json["psnr_input"]?.number, psnrCovered: json["psnr_covered"]?.number,
            psnrInputCovered: json["psnr_input_covered"]?.number,
            psnrNoise: json["psnr_noise"]?.number)
        objective = json["objective"]?.number ?? .nan
        self.iterations = iterations
        self.seconds = seconds
        self.device = device
        self.threads = threads
        self.warnings = warnings.compactMap(\.string)
        self.restored = [UInt8](restored)
    }
}

extension HostArray {
    fileprivate var isAllFinite: Bool {
        get throws { try numbers(as: Float.self).allSatisfy(\.isFinite) }
    }
}

extension Cell {
    /// The restored picture, nil where there is none.
    var picture: Picture? {
        // A page without one of its pictures is better than no page.
        restored.isEmpty ? nil : try? Picture(decoding: restored, name: "restored")
    }
}

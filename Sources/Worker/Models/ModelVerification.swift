import Arrays
package import Models
package import Tensors

/// Checks of a model: its files, its weights, what it promises, and that no picture has NaN.
package struct ModelVerification {
    private let folder: ModelFolder
    private let device: Device
    private let samples: Int
    private let seed: UInt64

    /// How far latents are from 0 at most.
    private static let reach = 6.0
    private static let batch = 32

    /// Checks of the model in `folder`, the last one with `samples` random latents.
    package init(_ folder: ModelFolder, samples: Int, seed: UInt64, on device: Device) {
        self.folder = folder
        self.samples = samples
        self.seed = seed
        self.device = device
    }

    /// Makes every check, calling `show` after each, and `progress` while pictures are made.
    ///
    /// What needs the weights is left out when they cannot be used.
    ///
    /// - Throws: what `show` and `progress` throw, or `TorchError` when memory is short.
    package func run(
        show: (ModelCheck) throws -> Void, progress: (Int) throws -> Void = { _ in }
    ) throws {
        var areIntact = true
        for file in folder.description.weights.files {
            let check = fileCheck(file)
            areIntact = areIntact && check.outcome == .passed
            try show(check)
        }
        guard areIntact else { return }
        let model: any LoadedModel
        do {
            model = try folder.loaded(on: device)
        } catch {
            return try show(.failed("weights", "\(error)"))
        }
        try show(weightsCheck())
        try model.checkPromises(on: device, seed: seed, show: show)
        try show(try drawsCheck(model, progress))
    }

    private func fileCheck(_ file: ModelDescription.Weights.File) -> ModelCheck {
        let name = "file \(file.file)"
        do {
            let bytes = try folder.contents(of: file)
            return .passed(name, "SHA-256 is that of model.json, \(bytes.count) bytes")
        } catch {
            return .failed(name, "\(error)")
        }
    }

    /// The model is loaded already, so every tensor has its place, its shape and finite values.
    private func weightsCheck() throws -> ModelCheck {
        let tensors = try folder.weights()
        let numbers = tensors.values.reduce(0) { $0 + $1.count }
        let parameters = folder.description.weights.parameters
        guard numbers >= parameters else {
            return .failed(
                "weights", "model.json says \(parameters) parameters, the files have \(numbers)")
        }
        return .passed(
            "weights", "\(tensors.count) tensors fit the architecture, \(numbers) finite numbers")
    }

    /// Pictures of latents with a standard deviation of 2, held within ±6, are finite.
    private func drawsCheck(
        _ model: any LoadedModel, _ progress: (Int) throws -> Void
    ) throws -> ModelCheck {
        var random = RandomStreams(seed: seed)["draws"]
        var (bad, done, largest) = (0, 0, 0.0)
        while done < samples {
            let count = min(Self.batch, samples - done)
            let z = try (random.normal([count, model.latentCount], on: device) * 2)
                .clamped(-Self.reach, Self.reach)
            let x = try withoutGradient { try model.decode(z, to: .unit) }
            let worst = try x.magnitude().largest(over: [1, 2, 3]).doubles()
            bad += worst.count { !$0.isFinite }
            largest = max(largest, worst.filter(\.isFinite).max() ?? 0)
            done += count
            try progress(done)
        }
        return .measured(
            "decode for |z| ≤ \(Int(Self.reach))", Double(bad), limit: 0,
            "largest value \(ModelCheck.text(largest)); pictures of \(samples) that are not finite")
    }
}

/// Which modules of a GlowIP file are flow steps, and how large they are.
struct GlowIPLayout {
    /// A flow step of the file.
    struct Step {
        let name: String
        /// Our name.
        let target: String
        let channels: Int
    }

    let settings: GlowIPSettings
    let imageChannels: Int
    let steps: [Step]

    /// Reads the layout from names and shapes.
    ///
    /// Steps that follow each other are a level; between levels there are a split and a squeeze,
    /// which have no tensors. A gap inside a level would be a level of its own, and then shows as
    /// missing and misshapen tensors.
    ///
    /// - Throws: `ConversionError` when there are no steps.
    init(_ tensors: TensorTransfer) throws(ConversionError) {
        let runs = Self.runs(tensors.names)
        guard let first = runs.first, let last = runs.last, let start = first.first,
            let width = tensors.shape(of: "glow_modules.\(start).actnorm.b", axes: 4),
            let inner = tensors.shape(
                of: "glow_modules.\(start).coupling.net.conv1.weight", axes: 4),
            let outer = tensors.shape(
                of: "glow_modules.\(start).coupling.net.conv3.weight", axes: 4)
        else {
            throw ConversionError(
                tensors.format,
                .otherFormat(expected: "glow_modules.1.actnorm.b and …coupling.net.conv1.weight"))
        }
        settings = GlowIPSettings(
            levels: runs.count, steps: first.count, lastSteps: last.count, hidden: inner[0],
            coupling: outer[0] == width[1] ? .affine : .additive)
        try tensors.check(settings)
        imageChannels = width[1] / 4
        var (channels, module, steps) = (width[1], 1, [Step]())
        for (level, run) in runs.enumerated() {
            let count = level == runs.count - 1 ? run.count : first.count
            for step in 0..<count {
                steps.append(
                    Step(
                        name: "glow_modules.\(module + step)",
                        target: "levels.\(level).steps.\(step)", channels: channels))
            }
            module += count + 2
            channels *= 2
        }
        self.steps = steps
    }

    /// The numbers of the modules with tensors, in runs without a gap.
    private static func runs(_ names: [String]) -> [[Int]] {
        let numbers = names.compactMap { name -> Int? in
            let parts = name.split(separator: ".")
            return parts.count > 2 && parts[0] == "glow_modules" ? Int(parts[1]) : nil
        }
        var runs: [[Int]] = []
        for number in Set(numbers).sorted() {
            if let previous = runs.last?.last, number - 1 == previous {
                runs[runs.count - 1].append(number)
            } else {
                runs.append([number])
            }
        }
        return runs
    }
}

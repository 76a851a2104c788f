import Tensors

/// What of a training does not fit into memory, and what would take less.
package struct TrainingShortage: Equatable, Sendable {
    package enum Work: Equatable, Sendable {
        /// Making the weights, and what is kept of them.
        case network
        /// Setting what begins with the statistics of the first batch, which no parts are made of.
        case firstBatch
        case step
        /// Judging validation pictures.
        case validation
    }

    let work: Work
    let batch: Int
    let parts: Int
    let processes: Int
    /// Whether an unfolded network keeps what it could compute again.
    let keepsActivations: Bool

    /// The lack of memory in the `work` of a training by `recipe` that so many processes share.
    package init(_ work: Work, of recipe: TrainingRecipe, processes: Int) {
        self.work = work
        batch = recipe.batch
        parts = recipe.parts
        self.processes = processes
        keepsActivations = recipe.unfolding.map { !$0.recomputes } ?? false
    }

    /// The pictures of a step that are in memory at the same time.
    private var piece: Int { max(1, batch / (parts * processes)) }

    /// What was being done.
    var problem: String {
        switch work {
        case .network:
            "the weights of the network, their averages and what the optimiser keeps of them do not "
                + "fit into memory"
        case .firstBatch:
            "the first batch of \(batch) pictures, with which the weights begin, does not fit into "
                + "memory"
        case .step: "a step with \(piece) pictures at a time does not fit into memory"
        case .validation: "judging the validation pictures does not fit into memory"
        }
    }

    /// What would fit.
    var remedy: String {
        switch work {
        case .network, .validation: "train a smaller network, or give the training more memory"
        case .firstBatch:
            batch > processes
                ? "write a smaller batch, or give the training more memory"
                : "train a smaller network, or give the training more memory"
        case .step: stepRemedy
        }
    }

    private var stepRemedy: String {
        var ways = keepsActivations ? ["recompute: true"] : []
        if piece > 1 {
            // Other numbers of parts would not be equal.
            let divisor = (2...piece).first { piece.isMultiple(of: $0) } ?? piece
            ways.append("parts: \(parts * divisor), which takes \(piece / divisor) at a time")
            ways.append("a smaller batch than \(batch)")
        }
        guard !ways.isEmpty else {
            return "train a smaller network, or give the training more memory"
        }
        return "write \(ways.joined(separator: ", or ")), or give the training more memory"
    }
}

extension TrainingRecipe {
    /// What `body` gives, whose lack of memory is told with what would take less.
    ///
    /// - Throws: `TrainingError` when memory is short, and what `body` throws.
    package func inMemory<Result>(
        _ work: TrainingShortage.Work, processes: Int, _ body: () throws -> Result
    ) throws -> Result {
        do {
            return try body()
        } catch {
            guard error.isMemoryShortage else { throw error }
            throw TrainingError(.memory(TrainingShortage(work, of: self, processes: processes)))
        }
    }
}

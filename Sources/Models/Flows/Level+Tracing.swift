import Tensors

extension Level {
    /// What stays and what left, back to the whole that they were.
    func traceSplit(kept: Traced?, latent: Traced) throws -> Traced {
        let whole = try withoutGradient {
            try merge(kept: kept?.value, latent: latent.value).value
        }.leaf()
        let parts = try withGradient {
            try split(whole) { (prior, seen) throws(TorchError) in try prior.output(for: seen) }
        }
        let ends = [kept, latent].compactMap { $0?.gradient }
        try Tensor.pushGradients(ends, of: [parts.kept, parts.latent.value].compactMap { $0 })
        return try Traced(whole)
    }

    /// The whole back to what stayed and what had left.
    func traceMerge(_ whole: Traced) throws -> (kept: Traced?, latent: Traced) {
        let parts = try withoutGradient {
            try split(whole.value) { (prior, seen) throws(TorchError) in
                try prior.output(for: seen)
            }
        }
        let kept = try parts.kept?.leaf()
        let latent = try parts.latent.value.leaf()
        let again = try withGradient { try merge(kept: kept, latent: latent).value }
        try Tensor.pushGradients([whole.gradient], of: [again])
        return (try kept.map { try Traced($0) }, try Traced(latent))
    }
}

import Tensors

/// The half that stays is the same at both ends, so one look of the network at it is enough.
extension AffineCoupling {
    package func traceEncode(_ z: Traced) throws -> Traced {
        try traced(
            z, back: { try $0.restored($1, form.order) }, forth: { try $0.moved($1, form.order) })
    }

    package func traceDecode(_ x: Traced) throws -> Traced {
        try traced(
            x, back: { try $0.moved($1, form.order) }, forth: { try $0.restored($1, form.order) })
    }

    private func traced(
        _ end: Traced, back: (Steering, Tensor) throws -> Tensor,
        forth: (Steering, Tensor) throws -> Tensor
    ) throws -> Traced {
        let parts = try parts(of: end.value)
        let held = try parts.held.leaf()
        let steered: Steering = try withGradient {
            try steering(
                conditioner.output(for: seen(held, parts.squares))
                    .converted(to: end.value.dataType()), parts.squares)
        }
        let moved = try withoutGradient { try back(steered, parts.moved) }.leaf()
        let again = try withGradient {
            try joined(held, forth(steered, moved), parts.squares)
        }
        try Tensor.pushGradients([end.gradient], of: [again])
        return try whole(Traced(held), Traced(moved), parts.squares)
    }

    /// What both halves were cut out of, with the gradients of their elements.
    private func whole(
        _ held: Traced, _ moved: Traced, _ squares: Tensor?
    ) throws(TorchError) -> Traced {
        let value = try joined(held.value, moved.value, squares)
        guard let squares else {
            return Traced(
                value, gradient: try mask.merge(held: held.gradient, moved: moved.gradient))
        }
        return Traced(
            value, gradient: try held.gradient * (1 - squares) + moved.gradient * squares)
    }
}

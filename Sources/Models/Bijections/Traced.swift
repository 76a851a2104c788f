package import Tensors

/// A value on the way through a map, and the gradient of a loss with respect to it.
package struct Traced: Sendable {
    package let value: Tensor
    package let gradient: Tensor

    package init(_ value: Tensor, gradient: Tensor) {
        self.value = value
        self.gradient = gradient
    }

    /// What the end of a map says about its beginning, which `back` finds and from which `forth`
    /// comes to the end again; the leaves that `forth` looks at get their gradients.
    ///
    /// - Throws: what the closures throw, or `TorchError`.
    func traced(
        back: (Tensor) throws -> Tensor, forth: (Tensor) throws -> Tensor
    ) throws -> Traced {
        let begin = try withoutGradient { try back(value) }.leaf()
        let again = try withGradient { try forth(begin) }
        try Tensor.pushGradients([gradient], of: [again])
        return try Traced(begin)
    }

    /// A leaf with what was pushed to it.
    init(_ leaf: Tensor) throws(TorchError) {
        self.init(try leaf.detached(), gradient: try leaf.takeGradient())
    }
}

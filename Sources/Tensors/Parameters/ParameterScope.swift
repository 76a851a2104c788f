/// A place in the tree of parameter names: `scope / "network" / "0"`.
package struct ParameterScope {
    let store: ParameterStore
    let path: String

    /// The scope of the part called `name`.
    package static func / (scope: ParameterScope, name: String) -> ParameterScope {
        ParameterScope(store: scope.store, path: scope.qualified(name))
    }

    /// The scope of the `index`-th part.
    package static func / (scope: ParameterScope, index: Int) -> ParameterScope {
        scope / String(index)
    }

    /// The parameter `name` of `shape`, loaded or begun by `initializer`.
    ///
    /// - Throws: `TorchError` when memory is short.
    package func parameter(
        _ name: String, _ shape: [Int], _ initializer: Initializer
    ) throws(TorchError) -> Tensor {
        try store.parameter(qualified(name), shape, initializer)
    }

    /// A tensor that is stored with the parameters but not trained.
    ///
    /// - Throws: `TorchError` when memory is short.
    package func buffer(
        _ name: String, _ shape: [Int], _ initializer: Initializer
    ) throws(TorchError) -> Tensor {
        try store.buffer(qualified(name), shape, initializer)
    }

    /// Values for a new model, from its random numbers; nil when weights are loaded.
    ///
    /// For tensors that begin with parts of the same random matrix.
    ///
    /// - Throws: `TorchError` when memory is short.
    package func drawn(
        _ shape: [Int], _ initializer: Initializer
    ) throws(TorchError) -> Tensor? {
        try store.drawn(shape, initializer)
    }

    /// The number of parameters of this part, so far.
    package var parameterCount: Int { parameters.reduce(0) { $0 + $1.count } }

    /// The parameters of this part, so far, in the order in which layers asked for them.
    package var parameters: [Tensor] {
        let prefix = path.isEmpty ? "" : "\(path)."
        return store.names.filter { $0.hasPrefix(prefix) }.compactMap { store.tensors[$0] }
    }

    private func qualified(_ name: String) -> String {
        path.isEmpty ? name : "\(path).\(name)"
    }
}

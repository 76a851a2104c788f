extension PickleMachine {
    /// Puts the global called `name` in `module` on the stack.
    ///
    /// - Throws: `ArrayError` that names it when it is not one of `PickleGlobal`.
    mutating func pushGlobal(module: String, name: String) throws(ArrayError) {
        guard let global = PickleGlobal(module: module, name: name) else {
            throw cursor.refusal(
                "names \(JSONValue.quoted("\(module).\(name)")), which no checkpoint of tensors "
                    + "needs, and nothing of it is executed")
        }
        stack.append(.global(global))
    }

    /// The same, with module and name from the stack.
    ///
    /// - Throws: `ArrayError` when they are no texts or the global is not allowed.
    mutating func pushStackGlobal() throws(ArrayError) {
        let names = try pop(2)
        guard case .text(let module) = names[0], case .text(let name) = names[1] else {
            throw cursor.damage("names a global by something that is no text")
        }
        try pushGlobal(module: String(module.prefix(256)), name: String(name.prefix(256)))
    }

    /// Calls what is on the stack with its arguments.
    ///
    /// - Throws: `ArrayError` when it cannot be called, or not with these.
    mutating func call() throws(ArrayError) {
        let parts = try pop(2)
        guard case .global(let global) = parts[0], case .tuple(let index) = parts[1] else {
            throw cursor.damage("calls something that is no function")
        }
        let arguments = heap.sequences[index]
        switch global {
        case .orderedDictionary: stack.append(try orderedDictionary(arguments))
        case .rebuildTensor: stack.append(try tensor(arguments))
        case .rebuildTypedTensor: stack.append(try typedTensor(arguments))
        case .rebuildParameter: stack.append(try parameter(arguments))
        case .size:
            guard arguments.count == 1, case .tuple = arguments[0] else {
                throw cursor.damage("makes a torch.Size of something that is no tuple")
            }
            stack.append(arguments[0])
        // Where a tensor once was does not matter.
        case .device: stack.append(.null)
        case .storage, .elementType: throw cursor.damage("calls a class of storages or numbers")
        }
    }

    /// Sees to it that the object on the stack may have attributes, and passes over them.
    ///
    /// State dictionaries have one, `_metadata`, with the versions of their layers.
    ///
    /// - Throws: `ArrayError` when the object is no dictionary.
    mutating func build() throws(ArrayError) {
        let parts = try pop(2)
        guard case .dictionary = parts[0], case .dictionary = parts[1] else {
            throw cursor.damage("gives attributes to something that is no dictionary")
        }
        stack.append(parts[0])
    }

    /// A dictionary of no arguments or, as Python 2 wrote it, of a list of pairs.
    private mutating func orderedDictionary(
        _ arguments: [PickleValue]
    ) throws(ArrayError) -> PickleValue {
        let dictionary = heap.addDictionary()
        guard let first = arguments.first else { return dictionary }
        guard case .dictionary(let index) = dictionary, arguments.count == 1,
            let items = heap.elements(of: first)
        else { throw cursor.damage("makes an OrderedDict of something that is no list") }
        try count(items.count)
        for item in items {
            guard let pair = heap.elements(of: item), pair.count == 2 else {
                throw cursor.damage("makes an OrderedDict of something that is no pair")
            }
            heap.set(pair[1], for: pair[0], in: index)
        }
        return dictionary
    }
}

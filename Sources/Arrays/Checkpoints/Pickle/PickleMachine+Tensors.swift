extension PickleMachine {
    private static let maximumKeyLength = 256

    /// Puts the storage that the tuple on the stack describes in its place.
    ///
    ///     ("storage", class, key, location, count)              in an archive
    ///     ("storage", class, key, location, count, view)        in a stream
    ///
    /// where `view` is nil or (key, offset, count) in elements.
    ///
    /// - Throws: `ArrayError` when the tuple is not like that.
    mutating func pushStorage() throws(ArrayError) {
        let value = try pop()
        guard let parts = heap.elements(of: value), (5...6).contains(parts.count),
            case .text("storage") = parts[0], case .global(.storage(let type)) = parts[1],
            case .text(let key) = parts[2], key.utf8.count <= Self.maximumKeyLength,
            case .integer(let count) = parts[4],
            // An impossible count is one reason more to have no storage.
            let byteCount = try? HostArray.byteCount(of: [count], type ?? .uint8, in: "")
        else { throw cursor.damage("refers to something that is no storage") }
        let record = StorageRecord(key: key, elementType: type, byteCount: byteCount)
        let range = try viewedRange(of: record, parts.count == 6 ? parts[5] : .null)
        guard let view = heap.addView(of: record, range: range) else {
            throw cursor.damage("says two things about storage \(JSONValue.quoted(key))")
        }
        stack.append(view)
    }

    /// A tensor as `_rebuild_tensor` and `_rebuild_tensor_v2` make it.
    ///
    ///     (storage, offset, shape, strides [, needs gradient, hooks [, flags]])
    ///
    /// - Throws: `ArrayError` when it does not lie in its storage.
    mutating func tensor(_ arguments: [PickleValue]) throws(ArrayError) -> PickleValue {
        guard [4, 6, 7].contains(arguments.count), case .storage(let index) = arguments[0],
            let type = heap.storages[heap.views[index].storage].elementType
        else { throw cursor.damage("makes a tensor without a storage of numbers") }
        return try tensor(arguments, type: type, flags: arguments.dropFirst(6).first)
    }

    /// A tensor as `_rebuild_tensor_v3` makes it, of bytes and the type that they have.
    ///
    ///     (storage, offset, shape, strides, needs gradient, hooks, type [, flags])
    ///
    /// - Throws: `ArrayError` when it does not lie in its storage.
    mutating func typedTensor(_ arguments: [PickleValue]) throws(ArrayError) -> PickleValue {
        guard (7...8).contains(arguments.count),
            case .global(.elementType(let type)) = arguments[6]
        else { throw cursor.damage("makes a tensor of an unknown type") }
        return try tensor(arguments, type: type, flags: arguments.dropFirst(7).first)
    }

    /// The tensor in a parameter.
    ///
    ///     (tensor, needs gradient, hooks)
    ///
    /// - Throws: `ArrayError` when there is none.
    func parameter(_ arguments: [PickleValue]) throws(ArrayError) -> PickleValue {
        guard arguments.count == 3, case .tensor = arguments[0] else {
            throw cursor.damage("makes a parameter of something that is no tensor")
        }
        return arguments[0]
    }

    private mutating func tensor(
        _ arguments: [PickleValue], type: ElementType, flags: PickleValue?
    ) throws(ArrayError) -> PickleValue {
        guard case .storage(let index) = arguments[0], case .integer(let offset) = arguments[1],
            let shape = integers(arguments[2]), let strides = integers(arguments[3])
        else { throw cursor.damage("makes a tensor of something that is no storage and shape") }
        if let flags, !isEmpty(flags) {
            throw ArrayError(
                .unsupported(
                    "a tensor is conjugated or negated by a flag; save it with .resolve_conj() "
                        + "and .resolve_neg()"),
                in: cursor.context)
        }
        let view = heap.views[index]
        guard
            let tensor = TensorRecord(
                in: view, elementType: type, offset: offset, shape: shape, strides: strides)
        else {
            throw cursor.damage(
                "has a tensor of shape \(shape), strides \(strides) and offset \(offset), which "
                    + "does not fit into its storage of \(view.range.count) bytes")
        }
        return heap.addTensor(tensor)
    }

    /// Whether `flags`, what a tensor is besides its numbers, say nothing.
    private func isEmpty(_ flags: PickleValue) -> Bool {
        switch flags {
        case .null: true
        case .dictionary(let index): heap.dictionaries[index].isEmpty
        default: false
        }
    }

    private func viewedRange(
        of storage: StorageRecord, _ view: PickleValue
    ) throws(ArrayError) -> Range<Int> {
        if case .null = view { return 0..<storage.byteCount }
        let width = storage.elementByteCount
        guard let parts = heap.elements(of: view), parts.count == 3,
            case .integer(let offset) = parts[1], case .integer(let count) = parts[2],
            offset >= 0, count >= 0, offset <= storage.byteCount / width,
            count <= storage.byteCount / width - offset
        else { throw cursor.damage("takes a part of a storage that is not in it") }
        return offset * width..<(offset + count) * width
    }

    private func integers(_ value: PickleValue) -> [Int]? {
        guard let elements = heap.elements(of: value), elements.count <= TensorRecord.maximumRank
        else { return nil }
        var integers: [Int] = []
        for element in elements {
            guard case .integer(let integer) = element else { return nil }
            integers.append(integer)
        }
        return integers
    }
}

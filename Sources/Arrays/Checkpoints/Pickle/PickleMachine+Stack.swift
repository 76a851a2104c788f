extension PickleMachine {
    /// Takes the last value off the stack.
    ///
    /// - Throws: `ArrayError` when there is none since the last mark.
    mutating func pop() throws(ArrayError) -> PickleValue {
        guard stack.count > marks.last ?? 0, let value = stack.popLast() else {
            throw cursor.damage("takes a value off its empty stack")
        }
        return value
    }

    /// Takes the last `count` values off the stack.
    ///
    /// - Throws: `ArrayError` when there are fewer since the last mark.
    mutating func pop(_ count: Int) throws(ArrayError) -> [PickleValue] {
        guard stack.count - (marks.last ?? 0) >= count else {
            throw cursor.damage("takes \(count) values off its stack, which has fewer")
        }
        let values = Array(stack.suffix(count))
        stack.removeLast(count)
        return values
    }

    /// Takes the values since the last mark, and the mark.
    ///
    /// - Throws: `ArrayError` when there is no mark.
    mutating func popToMark() throws(ArrayError) -> [PickleValue] {
        guard let mark = marks.popLast() else { throw cursor.damage("goes back to no mark") }
        let values = Array(stack[mark...])
        stack.removeLast(values.count)
        return values
    }

    /// Puts `values`, keys and values by turns, into the dictionary on the stack.
    ///
    /// - Throws: `ArrayError` when there is no dictionary or a key has no value.
    mutating func setItems(_ values: [PickleValue]) throws(ArrayError) {
        guard case .dictionary(let index) = try top(), values.count.isMultiple(of: 2) else {
            throw cursor.damage("sets items of something that is no dictionary")
        }
        for position in stride(from: 0, to: values.count, by: 2) {
            heap.set(values[position + 1], for: values[position], in: index)
        }
    }

    /// Appends `values` to the list on the stack.
    ///
    /// - Throws: `ArrayError` when there is no list.
    mutating func append(_ values: [PickleValue]) throws(ArrayError) {
        guard case .list(let index) = try top() else {
            throw cursor.damage("appends to something that is no list")
        }
        heap.append(values, toList: index)
    }

    private func top() throws(ArrayError) -> PickleValue {
        guard stack.count > marks.last ?? 0, let value = stack.last else {
            throw cursor.damage("uses a value of its empty stack")
        }
        return value
    }
}

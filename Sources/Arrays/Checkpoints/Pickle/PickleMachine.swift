/// Reads pickles, which are programs for a small stack machine, without ever running Python.
///
/// It knows the opcodes that PyTorch writes and the globals of `PickleGlobal`; whatever else
/// there is ends the reading with an error that names it.
struct PickleMachine {
    var cursor: PickleCursor
    var heap = PickleHeap()
    var stack: [PickleValue] = []
    /// How high the stack was at every open mark.
    var marks: [Int] = []
    private var memo: [Int: PickleValue] = [:]
    private var stepCount = 0

    private static let maximumStepCount = 1_000_000
    private static let maximumProtocol = 5

    /// Ready to read from `cursor`.
    init(_ cursor: PickleCursor) {
        self.cursor = cursor
    }

    /// The value of the next pickle; its containers are in `heap`.
    ///
    /// - Throws: `ArrayError` that says where the pickle stops being a checkpoint, and why.
    mutating func next() throws(ArrayError) -> PickleValue {
        (stack, marks, memo) = ([], [], [:])
        while true {
            let code = try cursor.byte()
            guard let opcode = PickleOpcode(rawValue: code) else {
                let name = "0x\(String(code, radix: 16, uppercase: true))"
                throw cursor.refusal("has opcode \(name), which no checkpoint of tensors needs")
            }
            try count(1)
            if opcode == .stop { break }
            try execute(opcode)
        }
        guard marks.isEmpty, stack.count == 1 else {
            throw cursor.damage("ends with \(stack.count) values instead of one")
        }
        return try pop()
    }

    /// Counts `steps`, one for every opcode and every element that one opcode copies.
    ///
    /// - Throws: `ArrayError` when there are more than any checkpoint needs.
    mutating func count(_ steps: Int) throws(ArrayError) {
        stepCount += steps
        guard stepCount <= Self.maximumStepCount else {
            throw cursor.refusal("has more than a million steps")
        }
    }

    private mutating func execute(_ opcode: PickleOpcode) throws(ArrayError) {
        switch opcode {
        case .proto: try checkProtocol()
        case .frame: try cursor.expect(cursor.integer(size: 8))
        case .stop: break
        case .mark: marks.append(stack.count)
        case .none, .newTrue, .newFalse, .binInt, .binInt1, .binInt2, .long1, .binFloat,
            .binUnicode, .shortBinUnicode, .binString, .shortBinString:
            stack.append(try constant(opcode))
        case .emptyDictionary: stack.append(heap.addDictionary())
        case .emptyList: stack.append(heap.addList())
        case .emptyTuple: stack.append(heap.addTuple([]))
        case .tuple: stack.append(heap.addTuple(try popToMark()))
        case .tuple1: stack.append(heap.addTuple(try pop(1)))
        case .tuple2: stack.append(heap.addTuple(try pop(2)))
        case .tuple3: stack.append(heap.addTuple(try pop(3)))
        case .setItem: try setItems(try pop(2))
        case .setItems: try setItems(try popToMark())
        case .append: try append(try pop(1))
        case .appends: try append(try popToMark())
        case .binPut: try memorize(at: cursor.integer(size: 1))
        case .longBinPut: try memorize(at: cursor.integer(size: 4))
        case .memoize: try memorize(at: memo.count)
        case .binGet: try recall(cursor.integer(size: 1))
        case .longBinGet: try recall(cursor.integer(size: 4))
        case .global: try pushGlobal(module: cursor.line(), name: cursor.line())
        case .stackGlobal: try pushStackGlobal()
        case .binPersistentID: try pushStorage()
        case .reduce: try call()
        case .build: try build()
        }
    }

    private mutating func checkProtocol() throws(ArrayError) {
        let version = try cursor.byte()
        guard version <= Self.maximumProtocol else {
            throw cursor.refusal("says protocol \(version), which is not known")
        }
    }

    private mutating func memorize(at index: Int) throws(ArrayError) {
        let value = try pop()
        memo[index] = value
        stack.append(value)
    }

    private mutating func recall(_ index: Int) throws(ArrayError) {
        guard let value = memo[index] else {
            throw cursor.damage("recalls number \(index), which it never stored")
        }
        stack.append(value)
    }
}

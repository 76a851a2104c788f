/// The tensors and scalars in an object, each under the keys on the way to it, joined by dots.
///
/// Elements of lists and tuples have their numbers for keys.
struct CheckpointLeaves {
    /// The numbers of the tensors in the heap.
    private(set) var tensors: [String: Int] = [:]
    private(set) var values: [String: CheckpointValue] = [:]
    private let heap: PickleHeap
    private let context: String
    private var keys: [String] = []
    private var visitCount = 0
    private var nameByteCount = 0

    // A container may be in itself, or in others so often that nobody could list all paths.
    private static let maximumDepth = 64
    private static let maximumVisitCount = 1_000_000
    private static let maximumNameByteCount = 64 << 20

    /// The leaves of `root`.
    ///
    /// - Throws: `ArrayError` when two have one name, or a limit is passed.
    init(of root: PickleValue, in heap: PickleHeap, context: String) throws(ArrayError) {
        self.heap = heap
        self.context = context
        try visit(root)
    }

    private mutating func visit(_ value: PickleValue) throws(ArrayError) {
        visitCount += 1
        guard keys.count <= Self.maximumDepth else {
            throw failure("is nested more than \(Self.maximumDepth) deep, or in itself")
        }
        guard visitCount <= Self.maximumVisitCount else {
            throw failure("is one of more than \(Self.maximumVisitCount) things")
        }
        switch value {
        case .tensor(let index): try addTensor(index)
        case .truth(let truth): try add(.truth(truth))
        case .integer(let integer): try add(.integer(integer))
        case .number(let number): try add(.number(number))
        case .text(let text): try add(.text(text))
        case .tuple(let index), .list(let index):
            for (number, element) in heap.sequences[index].enumerated() {
                try visit(element, under: String(number))
            }
        case .dictionary(let index):
            for pair in heap.dictionaries[index] {
                try visit(pair.value, under: try name(of: pair.key))
            }
        case .storage: throw failure("is a storage outside of any tensor")
        case .null, .longInteger, .global: break
        }
    }

    private mutating func visit(
        _ value: PickleValue, under key: String
    ) throws(ArrayError) {
        keys.append(key)
        try visit(value)
        keys.removeLast()
    }

    private mutating func addTensor(_ index: Int) throws(ArrayError) {
        tensors[try newName()] = index
    }

    private mutating func add(_ value: CheckpointValue) throws(ArrayError) {
        values[try newName()] = value
    }

    /// The name of the place of the visit, which nothing else has.
    private mutating func newName() throws(ArrayError) -> String {
        nameByteCount += keys.reduce(keys.count) { $0 + $1.utf8.count }
        guard nameByteCount <= Self.maximumNameByteCount else {
            throw failure("has names of more than 64 MiB in all")
        }
        let name = keys.joined(separator: ".")
        guard tensors[name] == nil, values[name] == nil else {
            throw failure("stands for two things")
        }
        return name
    }

    private func name(of key: PickleValue) throws(ArrayError) -> String {
        switch key {
        case .text(let text): return text
        case .integer(let integer): return String(integer)
        case .number(let number): return String(number)
        case .truth(let truth): return truth ? "True" : "False"
        case .null: return "None"
        default: throw failure("has a key that is neither a text nor a number")
        }
    }

    private func failure(_ what: String) -> ArrayError {
        let name = keys.prefix(8).map { String($0.prefix(64)) }.joined(separator: ".")
        return ArrayError(
            .unsupported(
                "\(JSONValue.quoted(name)) in it \(what); if you trust the file, load it with "
                    + "PyTorch and save its state_dict() alone"),
            in: context)
    }
}

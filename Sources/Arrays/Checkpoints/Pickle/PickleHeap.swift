/// The objects that a pickle makes, each at a place with a number.
struct PickleHeap {
    struct Pair {
        let key: PickleValue
        let value: PickleValue
    }

    /// Tuples and lists.
    private(set) var sequences: [[PickleValue]] = []
    /// In the order of insertion; a key may stand there twice.
    private(set) var dictionaries: [[Pair]] = []
    private(set) var storages: [StorageRecord] = []
    private(set) var views: [StorageView] = []
    private(set) var tensors: [TensorRecord] = []
    private var storageIndices: [String: Int] = [:]

    /// The place of the storage with `key`; nil when the pickle names none.
    func storageIndex(of key: String) -> Int? { storageIndices[key] }

    /// The elements of a tuple or a list; nil for anything else.
    func elements(of value: PickleValue) -> [PickleValue]? {
        switch value {
        case .tuple(let index), .list(let index): sequences[index]
        default: nil
        }
    }

    /// The last value under `key` in a dictionary.
    func value(of key: String, in dictionary: Int) -> PickleValue? {
        let pair = dictionaries[dictionary].last { pair in
            if case .text(key) = pair.key { true } else { false }
        }
        return pair?.value
    }

    mutating func addTuple(_ elements: [PickleValue]) -> PickleValue {
        sequences.append(elements)
        return .tuple(sequences.count - 1)
    }

    mutating func addList() -> PickleValue {
        sequences.append([])
        return .list(sequences.count - 1)
    }

    mutating func append(_ elements: some Sequence<PickleValue>, toList index: Int) {
        sequences[index] += elements
    }

    mutating func addDictionary() -> PickleValue {
        dictionaries.append([])
        return .dictionary(dictionaries.count - 1)
    }

    mutating func set(_ value: PickleValue, for key: PickleValue, in dictionary: Int) {
        dictionaries[dictionary].append(Pair(key: key, value: value))
    }

    mutating func addTensor(_ tensor: TensorRecord) -> PickleValue {
        tensors.append(tensor)
        return .tensor(tensors.count - 1)
    }

    /// Adds part of `storage`, which may be there already; nil when the two disagree about it.
    mutating func addView(of storage: StorageRecord, range: Range<Int>) -> PickleValue? {
        let index = storageIndices[storage.key] ?? storages.count
        if index == storages.count {
            storages.append(storage)
            storageIndices[storage.key] = index
        }
        guard storages[index] == storage else { return nil }
        views.append(StorageView(storage: index, range: range))
        return .storage(views.count - 1)
    }
}

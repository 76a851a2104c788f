/// A value on the stack of a pickle.
///
/// Containers are numbers of places in a `PickleHeap`, as a pickle may fill one that it has
/// already put elsewhere. So no value is nested, however deep the pickle is.
enum PickleValue {
    case null
    case truth(Bool)
    case integer(Int)
    /// An integer of more than 64 bits: little-endian, in two's complement.
    case longInteger([UInt8])
    case number(Double)
    case text(String)
    case tuple(Int)
    case list(Int)
    case dictionary(Int)
    case global(PickleGlobal)
    case storage(Int)
    case tensor(Int)
}

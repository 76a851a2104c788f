/// The opcodes of pickles that PyTorch writes; every other one is an error.
///
/// <https://github.com/python/cpython/blob/main/Lib/pickletools.py>
enum PickleOpcode: UInt8 {
    case proto = 0x80
    case frame = 0x95
    case stop = 0x2E
    case mark = 0x28
    // Constants.
    case none = 0x4E
    case newTrue = 0x88
    case newFalse = 0x89
    case binInt = 0x4A
    case binInt1 = 0x4B
    case binInt2 = 0x4D
    case long1 = 0x8A
    case binFloat = 0x47
    case binUnicode = 0x58
    case shortBinUnicode = 0x8C
    case binString = 0x54
    case shortBinString = 0x55
    // Containers.
    case emptyDictionary = 0x7D
    case emptyList = 0x5D
    case emptyTuple = 0x29
    case tuple = 0x74
    case tuple1 = 0x85
    case tuple2 = 0x86
    case tuple3 = 0x87
    case setItem = 0x73
    case setItems = 0x75
    case append = 0x61
    case appends = 0x65
    // The memo.
    case binPut = 0x71
    case longBinPut = 0x72
    case binGet = 0x68
    case longBinGet = 0x6A
    case memoize = 0x94
    // Objects.
    case global = 0x63
    case stackGlobal = 0x93
    case binPersistentID = 0x51
    case reduce = 0x52
    case build = 0x62
}
